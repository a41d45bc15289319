use std::time::{Duration, Instant};

use sqlx::{Connection, MySqlConnection, Row};

use crate::private::{
    Durability, Place, Program, StartError, StopBy, find_program, launch::free_port,
    mariadb::serve_node,
};

/// The library that makes a cluster of MariaDB's servers, where Debian and others put it.
const PROVIDERS: [&str; 3] = [
    "/usr/lib/galera/libgalera_smm.so",
    "/usr/lib64/galera-4/libgalera_smm.so",
    "/usr/lib64/galera/libgalera_smm.so",
];

/// How long a server may take to have all that the others have.
const JOIN_TIMEOUT: Duration = Duration::from_secs(120);

/// Three MariaDB servers that are one cluster: each may be written to, and each has what the others acknowledged.
#[derive(Debug)]
pub struct Galera {
    nodes: Vec<(Place, String)>,
}

impl Galera {
    /// Starts a cluster of three.
    ///
    /// # Errors
    /// When a program is missing or a server does not join in time; the message says what to install.
    pub async fn start() -> Result<Self, StartError> {
        let provider = PROVIDERS
            .into_iter()
            .find(|file| std::path::Path::new(file).is_file())
            .ok_or(StartError::Missing(Program::Galera))?;
        // A server that joins takes over the others' files by it.
        find_program(Program::Rsync)?;
        let mut ports = Vec::new();
        for _ in 0..9 {
            ports.push(free_port()?);
        }
        let members = ports
            .chunks(3)
            .map(|ports| format!("127.0.0.1:{}", ports[0]));
        let members = members.collect::<Vec<_>>().join(",");
        let mut nodes = Vec::new();
        for (number, ports) in ports.chunks(3).enumerate() {
            let mut place = Place::new_for_again()?;
            let mut settings = vec![
                "--wsrep-on=ON".to_owned(),
                format!("--wsrep-provider={provider}"),
                "--wsrep-cluster-name=kartoteka".to_owned(),
                "--wsrep-sst-method=rsync".to_owned(),
                "--binlog-format=ROW".to_owned(),
                "--innodb-autoinc-lock-mode=2".to_owned(),
                format!("--wsrep-cluster-address=gcomm://{members}"),
                format!("--wsrep-node-address=127.0.0.1:{}", ports[0]),
                format!("--wsrep-sst-receive-address=127.0.0.1:{}", ports[2]),
                format!(
                    "--wsrep-provider-options=gmcast.listen_addr=tcp://127.0.0.1:{};ist.recv_addr=127.0.0.1:{}",
                    ports[0], ports[1]
                ),
            ];
            if number == 0 {
                settings.push("--wsrep-new-cluster".to_owned());
            }
            let port = serve_node(&mut place, Durability::Off, &settings)?;
            let address = format!("mysql://root@127.0.0.1:{port}");
            until_synced(&address).await?;
            nodes.push((place, address));
        }
        Ok(Self { nodes })
    }

    /// The address of a server, without a database's name.
    pub fn address(&self, node: usize) -> &str {
        &self.nodes[node].1
    }

    /// The addresses of all, without a database's name.
    pub fn addresses(&self) -> Vec<&str> {
        self.nodes
            .iter()
            .map(|(_, address)| address.as_str())
            .collect()
    }

    /// Ends a server as loss of power would.
    ///
    /// # Errors
    /// When it can't be ended.
    pub fn kill(&mut self, node: usize) -> Result<(), StartError> {
        self.nodes[node].0.end(StopBy::Kill)
    }
}

async fn until_synced(address: &str) -> Result<(), StartError> {
    let begun = Instant::now();
    loop {
        if is_synced(address).await.unwrap_or(false) {
            return Ok(());
        }
        if begun.elapsed() > JOIN_TIMEOUT {
            return Err(StartError::Failed {
                program: Program::Mariadbd.name().into(),
                reason: format!(
                    "did not join the cluster within {} s",
                    JOIN_TIMEOUT.as_secs()
                ),
                log: String::new(),
            });
        }
        tokio::time::sleep(Duration::from_millis(200)).await;
    }
}

async fn is_synced(address: &str) -> Result<bool, sqlx::Error> {
    let mut connection = MySqlConnection::connect(address).await?;
    let row = sqlx::query("SHOW STATUS LIKE 'wsrep_local_state_comment'")
        .fetch_one(&mut connection)
        .await?;
    Ok(row.try_get::<String, _>(1)? == "Synced")
}

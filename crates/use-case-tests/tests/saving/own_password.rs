//! Changing one's own password changes the password and nothing else.

use kartoteka_directory::{Actor, Error, Kind, Role};
use kartoteka_login::Logins;
use kartoteka_store::own::agents;
use kartoteka_testbed::Engine;

use crate::Desk;

const PASSWORD: &str = "kot w butach 7";
const NEW: &str = "pies w budzie 8";

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_an_admin_does_to_the_agent_meanwhile_stays() {
    for engine in Engine::all() {
        let desk = Desk::on(engine).await;
        for turn in 0..6 {
            let login = format!("ewa.{turn}");
            let fields = [
                ("UserLogin", login.as_str()),
                ("UserFirstname", "Ewa"),
                ("UserLastname", "Lis"),
                ("UserPassword", PASSWORD),
                ("Role", "editor"),
            ];
            desk.create(Kind::Agent, &fields).await.unwrap();
            let agent = agents::find(&desk.db, &login).await.unwrap().unwrap();
            let id = agent.id;
            let actor = Actor::agent(id, login.clone(), Role::Editor);
            let own = {
                let directory = desk.directory.clone();
                tokio::spawn(async move {
                    let (old, new) = (PASSWORD.to_owned().into(), NEW.to_owned().into());
                    Logins::of(&directory)
                        .change_own_password(&actor, old, new, None)
                        .await
                })
            };
            // Sooner or later while the passwords are hashed.
            tokio::time::sleep(std::time::Duration::from_millis(turn * 40)).await;
            let changed = [("ValidID", "2"), ("UserLastname", "Wilk")];
            // Who planned it before the password was changed is told so, and does it again.
            while let Err(error) = desk.update(Kind::Agent, &login, &changed).await {
                assert!(matches!(error, Error::Conflict(_)), "{engine}: {error:?}");
            }
            match own.await.unwrap() {
                Ok(()) | Err(Error::WrongCredentials) => {}
                Err(error) => panic!("{engine}: {error:?}"),
            }
            let after = agents::find(&desk.db, &login).await.unwrap().unwrap();
            assert_eq!(
                (after.valid_id, after.last_name.as_str()),
                (2, "Wilk"),
                "{engine}"
            );
        }
    }
}

//! Against a controller of Active Directory, Samba's.

use std::collections::HashSet;

use kartoteka_model::ldap::{Bind, LdapTree, Security, VALID_FILTER};
use kartoteka_model::{CustomerUserSource, Field, FieldMap, SourceSpec};
use kartoteka_testbed::ldap::{ADMINISTRATOR, ActiveDirectory, DOMAIN};
use ldap3::{Ldap, LdapConnAsync, LdapConnSettings, Mod};

use super::{NOW, Outcome, all, text};
use crate::ldap::LdapSource;
use crate::{Changes, Source};

/// People beside those who are always there.
const PEOPLE: usize = 1_010;

/// Members of the group: more than are sent at a time.
const MEMBERS: usize = 1_600;

fn tree(controller: &ActiveDirectory) -> LdapTree {
    LdapTree {
        hosts: vec![controller.secure_address()],
        security: Security {
            verify: true,
            start_tls: false,
            ca_file: Some(controller.ca_file()),
        },
        base: DOMAIN.into(),
        bind: Some(Bind {
            name: ADMINISTRATOR.0.into(),
            password: ADMINISTRATOR.1.into(),
        }),
        always_filter: Some("(&(objectClass=user)(description=customer))".into()),
        valid_filter: Some("(!(userAccountControl:1.2.840.113556.1.4.803:=2))".into()),
        timeout: 20,
        ..LdapTree::default()
    }
}

fn spec(tree: &LdapTree, key: &str) -> SourceSpec {
    let mut spec = CustomerUserSource::of_ldap().spec;
    spec.key = key.into();
    spec.valid = Some(VALID_FILTER.into());
    spec.origin = tree.clone().into();
    spec.map = FieldMap(vec![
        Field::new("UserLogin", "Username", key),
        Field::new("UserFirstname", "Firstname", "givenName"),
        Field::new("UserLastname", "Lastname", "sn"),
        Field::new("UserEmail", "Email", "mail"),
        Field::new("UserCustomerID", "CustomerID", "company"),
        Field::new("UserManager", "Manager", "manager"),
    ]);
    spec
}

async fn administrator(controller: &ActiveDirectory) -> anyhow::Result<Ldap> {
    let settings = LdapConnSettings::new().set_no_tls_verify(true);
    let address = controller.secure_address();
    let (connection, mut ldap) = LdapConnAsync::with_settings(settings, &address).await?;
    tokio::spawn(connection.drive());
    ldap.simple_bind(ADMINISTRATOR.0, ADMINISTRATOR.1)
        .await?
        .success()?;
    Ok(ldap)
}

fn dn(login: &str) -> String {
    format!("CN={login},CN=Users,{DOMAIN}")
}

async fn add(ldap: &mut Ldap, login: &str, control: &str) -> Outcome {
    let principal = format!("{login}@kt.test");
    let attributes = [
        ("objectClass", "user"),
        ("sAMAccountName", login),
        ("userPrincipalName", &principal),
        ("givenName", "Łucja"),
        ("sn", "Żółć"),
        ("company", "ACME"),
        ("description", "customer"),
        ("userAccountControl", control),
    ];
    let attributes =
        attributes.map(|(name, value)| (name.to_owned(), HashSet::from([value.to_owned()])));
    ldap.add(&dn(login), attributes.to_vec()).await?.success()?;
    Ok(())
}

/// Enabled, and without a password; the same, disabled.
const ENABLED: &str = "544";
const DISABLED: &str = "546";

#[tokio::test(flavor = "multi_thread")]
async fn a_controller_is_a_source() -> Outcome {
    let controller = ActiveDirectory::start()?;
    let mut ldap = administrator(&controller).await?;
    add(&mut ldap, "lucja", ENABLED).await?;
    add(&mut ldap, "dawny", DISABLED).await?;
    for number in 2..PEOPLE {
        add(&mut ldap, &format!("p{number:05}"), ENABLED).await?;
    }
    let tree = tree(&controller);
    let source = LdapSource::open(spec(&tree, "sAMAccountName"), tree.clone()).await?;

    // More than it sends at a time.
    let mut logins = all(&source, 400).await?;
    logins.sort_unstable();
    logins.dedup();
    assert_eq!(logins.len(), PEOPLE);
    let valid = async |login: &str| {
        let found = source.find(login).await?;
        anyhow::Ok(found.map(|it| it.record.get("ValidID").to_owned()))
    };
    assert_eq!(valid("lucja").await?.as_deref(), Some("1"));
    assert_eq!(valid("dawny").await?.as_deref(), Some("2"));
    assert!(source.find("Administrator").await?.is_none());

    // By another name, and who was renamed is the same person.
    let by_principal = LdapSource::open(spec(&tree, "userPrincipalName"), tree.clone()).await?;
    assert!(by_principal.find("lucja@kt.test").await?.is_some());
    let before = source.find("lucja").await?.and_then(|it| it.id);
    let source = Source::Ldap(Box::new(source));
    let mark = source.watermark(NOW).await?;
    let renamed = Mod::Replace("sAMAccountName", ["lzolc"].into());
    ldap.modify(&dn("lucja"), vec![renamed]).await?.success()?;
    let new_name = "CN=Łucja Żółć\\, dr";
    ldap.modifydn(&dn("lucja"), new_name, true, None)
        .await?
        .success()?;
    let Changes::Of { seen, until, .. } = source.changes(NOW, Some(&mark), &[(3_600, 100)]).await?
    else {
        anyhow::bail!("the controller tells what changed");
    };
    let seen: Vec<(&str, Option<i64>)> = seen.iter().map(|it| (it.key.as_str(), it.id)).collect();
    assert_eq!(seen, [("lzolc", before)]);
    assert!(before.is_some());
    assert!(source.find("lucja").await?.is_none());
    let after = source.find("lzolc").await?.and_then(|it| it.id);
    assert_eq!(after, before);
    let none = Changes::Of {
        seen: vec![],
        gone: vec![],
        until: until.clone(),
    };
    assert_eq!(
        source.changes(NOW, Some(&until), &[(3_600, 100)]).await?,
        none
    );

    // Members of a group within a group.
    let group = |name: &str, member: String| {
        let attributes = [
            ("objectClass", "group".to_owned()),
            ("sAMAccountName", name.to_owned()),
            ("member", member),
        ];
        let attributes = attributes.map(|(name, value)| (name.to_owned(), HashSet::from([value])));
        attributes.to_vec()
    };
    let inner = group("inner", dn("p00002"));
    ldap.add(&dn("inner"), inner).await?.success()?;
    let outer = group("outer", dn("inner"));
    ldap.add(&dn("outer"), outer).await?.success()?;
    let of_outer = format!("(memberOf:1.2.840.113556.1.4.1941:={})", dn("outer"));
    let nested = LdapTree {
        always_filter: Some(format!("(&(objectClass=user){of_outer})")),
        ..tree.clone()
    };
    let source = LdapSource::open(spec(&nested, "sAMAccountName"), nested).await?;
    assert_eq!(all(&source, 400).await?, ["p00002"]);

    // A long attribute comes in parts.
    let members: HashSet<String> = (0..MEMBERS).map(|number| format!("p{number:05}")).collect();
    let listed = Mod::Replace("memberUid".to_owned(), members);
    ldap.modify(&dn("outer"), vec![listed]).await?.success()?;
    let grouped = LdapTree {
        group: Some(dn("outer")),
        ..tree.clone()
    };
    let source = LdapSource::open(spec(&grouped, "sAMAccountName"), grouped).await?;
    assert_eq!(all(&source, 400).await?.len(), PEOPLE - 2);

    // Nobody gets in by a password that could be read on its way.
    let plain = LdapTree {
        hosts: vec![controller.address()],
        ..tree.clone()
    };
    let told = LdapSource::open(spec(&plain, "sAMAccountName"), plain).await;
    let told = told.map_err(text).err().unwrap_or_default();
    assert!(told.contains("strongerAuthRequired"), "{told}");
    let mut encrypted = LdapTree {
        hosts: vec![controller.address()],
        ..tree
    };
    encrypted.security.start_tls = true;
    LdapSource::open(spec(&encrypted, "sAMAccountName"), encrypted).await?;
    Ok(())
}

//! Pages of jobs: people are selected, changed after a preview, followed, and changed back.

mod result;
mod select;
mod templates;

use kartoteka_directory::{Kind, Role};
use kartoteka_jobs::Worker;

use crate::pages::reception::{Page, Reception, fields};

/// Customers HUTA and LODZ, Żaneta and Jan of the first, group *Wsparcie*, service *Poczta*.
async fn open() -> Reception {
    let pages = Reception::with(
        |settings| settings.groups.customer_group_support = true,
        Role::Admin,
    )
    .await;
    pages.customer("HUTA", "Huta Łódź S.A.").await;
    pages.customer("LODZ", "Łódzkie Zakłady").await;
    pages.person("zaneta", "Żaneta", "Kowalczyk").await;
    pages.person("jan", "Jan", "Nowak").await;
    let group = fields(&[("Name", "Wsparcie"), ("ValidID", "1")]);
    pages.create(Kind::Group, None, group).await;
    let service = fields(&[("Name", "Poczta"), ("ValidID", "1")]);
    pages.create(Kind::Service, None, service).await;
    pages
}

/// Works on jobs as a server does.
fn serve(pages: &Reception) {
    let directory = pages.directory.clone();
    tokio::spawn(async move { Worker::of(&directory).work_on_jobs().await });
}

/// The page of a job once it shows this.
async fn shown(pages: &Reception, path: &str, piece: &str) -> Page {
    for _ in 0..500 {
        let page = pages.get(path).await;
        if page.has(piece) {
            return page;
        }
        tokio::time::sleep(std::time::Duration::from_millis(10)).await;
    }
    panic!("{path} never shows {piece}: {}", pages.get(path).await.text)
}

//! What doors over HTTP share: how the directory is served, what protects every request, and what its address, cookies
//! and forms carry.

pub mod assets;
pub mod cookies;
pub mod doors;
pub mod encoding;
pub mod failure;
pub mod health;
pub mod input;
pub mod network;
pub mod observe;
pub mod security;
pub mod state;
pub mod unread;

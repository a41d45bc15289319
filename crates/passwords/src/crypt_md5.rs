//! MD5-crypt (`$1$`) and Apache's variant (`$apr1$`), which differ in their mark only.

use md5::{Digest, Md5};

use crate::same;

/// The digits of crypt's base64, lowest first.
const ALPHABET: &[u8; 64] = b"./0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

/// Which octets of the digest each group of four characters is made of.
const ORDER: [[usize; 3]; 5] = [[0, 6, 12], [1, 7, 13], [2, 8, 14], [3, 9, 15], [4, 10, 5]];

pub(crate) fn verify(password: &str, stored: &str, mark: &str) -> bool {
    let Some((salt, _)) = stored
        .strip_prefix(mark)
        .and_then(|rest| rest.split_once('$'))
    else {
        return false;
    };
    same(&crypt(password.as_bytes(), salt, mark), stored)
}

/// The stored form of a password. Of the salt eight bytes count.
fn crypt(password: &[u8], salt: &str, mark: &str) -> String {
    let short = &salt.as_bytes()[..salt.len().min(8)];
    let inner = Md5::new()
        .chain_update(password)
        .chain_update(short)
        .chain_update(password)
        .finalize();
    let mut first = Md5::new()
        .chain_update(password)
        .chain_update(mark)
        .chain_update(short);
    for at in 0..password.len() {
        first.update([inner[at % 16]]);
    }
    let mut bits = password.len();
    while bits > 0 {
        first.update([if bits & 1 == 1 {
            0
        } else {
            password.first().copied().unwrap_or(0)
        }]);
        bits >>= 1;
    }
    let mut digest = first.finalize();
    for round in 0..1000 {
        let mut hasher = Md5::new();
        let odd = round % 2 == 1;
        hasher.update(if odd { password } else { digest.as_slice() });
        if round % 3 != 0 {
            hasher.update(short);
        }
        if round % 7 != 0 {
            hasher.update(password);
        }
        hasher.update(if odd { digest.as_slice() } else { password });
        digest = hasher.finalize();
    }
    let mut text = format!("{mark}{}$", String::from_utf8_lossy(short));
    let mut push = |mut value: usize, count: usize| {
        for _ in 0..count {
            text.push(char::from(ALPHABET[value & 63]));
            value >>= 6;
        }
    };
    for [a, b, c] in ORDER {
        push(
            usize::from(digest[a]) << 16 | usize::from(digest[b]) << 8 | usize::from(digest[c]),
            4,
        );
    }
    push(usize::from(digest[11]), 2);
    text
}

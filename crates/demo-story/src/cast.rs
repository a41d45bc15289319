//! Who and what there is in the story.

/// An agent.
pub struct Colleague {
    pub login: &'static str,
    pub first_name: &'static str,
    pub last_name: &'static str,
    pub role: &'static str,
}

/// One of each role.
pub const AGENTS: [Colleague; 3] = [
    Colleague {
        login: "ewa",
        first_name: "Ewa",
        last_name: "Lis",
        role: "admin",
    },
    Colleague {
        login: "jonas",
        first_name: "Jonas",
        last_name: "Becker",
        role: "editor",
    },
    Colleague {
        login: "grace",
        first_name: "Grace",
        last_name: "Hall",
        role: "reader",
    },
];

/// Groups, with what they are for.
pub const GROUPS: [(&str, &str); 6] = [
    ("Support", "Everything that has no group of its own"),
    ("Billing", "Invoices and contracts"),
    ("Network", "Lines, WLAN, VPN"),
    ("Hardware", "Laptops, printers, telephones"),
    ("Projects", "Roll-outs and migrations"),
    ("VIP", "Answered within the hour"),
];

/// Services, each after the one that it is below.
pub const SERVICES: [(&str, &str); 15] = [
    ("", "IT"),
    ("IT", "E-mail"),
    ("IT", "Network"),
    ("IT::Network", "VPN"),
    ("IT::Network", "WLAN"),
    ("IT", "Workplace"),
    ("IT::Workplace", "Laptop"),
    ("IT::Workplace", "Printer"),
    ("", "Office"),
    ("Office", "Access cards"),
    ("Office", "Rooms"),
    ("", "Finance"),
    ("Finance", "Invoices"),
    ("Finance", "Travel"),
    ("", "Projects"),
];

/// People of the second source: first name, last name, login.
pub const PARTNERS: [(&str, &str, &str); 12] = [
    ("Marta", "Zielińska", "p.zielinska"),
    ("Piotr", "Wrona", "p.wrona"),
    ("Agnieszka", "Śliwa", "p.sliwa"),
    ("Tomasz", "Żuraw", "p.zuraw"),
    ("Anke", "Müller", "p.mueller"),
    ("Bernd", "Groß", "p.gross"),
    ("Claudia", "Jäger", "p.jaeger"),
    ("Dieter", "Schäfer", "p.schaefer"),
    ("Alice", "O'Neill", "p.oneill"),
    ("Brian", "Hughes", "p.hughes"),
    ("Chloe", "Lambert", "p.lambert"),
    ("Derek", "Walsh", "p.walsh"),
];

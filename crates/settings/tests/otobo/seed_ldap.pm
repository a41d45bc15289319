$Self->{CustomerUser} = {
Name => 'Backend LDAP',
Module => 'Kernel::System::CustomerUser::LDAP',
Params => {
Host => 'your.ldap.server',
BaseDN => 'ou=users,o=example',
SSCOPE => 'sub',
UserDN => '',
UserPw => '',
AlwaysFilter => '',
SourceCharset => 'utf-8',
Params => {
port => 389,
timeout => 120,
async => 0,
version => 3,
},
},
CustomerKey => 'uid',
CustomerID => 'mail',
CustomerUserListFields => ['cn', 'mail'],
CustomerUserSearchFields => ['uid', 'cn', 'mail'],
Map => [
['UserTitle', 'Tytuł lub formuła grzecznościowa', 'title', 1, 0, 'var', '', 1, undef, undef],
['UserFirstname', 'Imię', 'givenname', 1, 1, 'var', '', 1, undef, undef],
...
],
};

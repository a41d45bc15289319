# --
# Settings of a help desk, written for these tests: what people do in such files.
# --

package Kernel::Config;

use strict;
use warnings;
use utf8;

sub Load {
    my $Self = shift;

    # -- our database --
    $Self->{'DatabaseHost'} = '127.0.0.1';
    $Self->{'Database'}     = "otobo";
    $Self->{'DatabaseUser'} = "otobo";
    $Self->{'DatabasePw'}   = 'g3heim!';
    $Self->{'DatabaseDSN'}  = "DBI:mysql:database=$Self->{Database};host=$Self->{DatabaseHost};";

    $Self->{Home} = '/opt/otobo';
    $Self->{'FQDN'} = 'desk.example.org';
    $Self->{SendmailModule} = 'Kernel::System::Email::DoNotSendEmail' if $ENV{TEST};

=head2 Customers

The first source is OTOBO's own, with a column of ours. It's here since 2019.

=cut

    $Self->{CustomerUser} = {
        Name   => Translatable('Our database'),
        Module => 'Kernel::System::CustomerUser::DB',
        Params => {
            Table => 'customer_user',
            SearchCaseSensitive => 0,
        },
        CustomerKey   => 'login',
        CustomerID    => 'customer_id',
        CustomerValid => 'valid_id',
        CustomerUserListFields             => [ 'first_name', 'last_name', 'email' ],
        CustomerUserSearchFields           => [ qw(login first_name last_name customer_id) ],
        CustomerUserSearchPrefix           => '*',
        CustomerUserSearchSuffix           => '*',
        CustomerUserSearchListLimit        => 250,
        CustomerUserPostMasterSearchFields => ['email'],
        CustomerUserNameFields             => [ 'title', 'first_name', 'last_name' ],
        CustomerUserEmailUniqCheck         => 1,
        CustomerCompanySupport             => 1,
        CacheTTL                           => 60 * 60 * 24,
        Map => [
            # the order is that of the form
            [ 'UserTitle',      Translatable('Title or salutation'), 'title',      1, 0, 'var', '', 0, undef, undef ],
            [ 'UserFirstname',  Translatable('Firstname'),           'first_name', 1, 1, 'var', '', 0, undef, undef ],
            [ 'UserLastname',   Translatable('Lastname'),            'last_name',  1, 1, 'var', '', 0, undef, undef ],
            [ 'UserLogin',      Translatable('Username'),            'login',      1, 1, 'var', '', 0, undef, undef ],
            [ 'UserPassword',   Translatable('Password'),            'pw',         0, 0, 'var', '', 0, undef, undef ],
            [ 'UserEmail',      Translatable('Email'),               'email',      1, 1, 'var', '', 0, undef, undef ],
            [ 'UserCustomerID', Translatable('CustomerID'),          'customer_id', 0, 1, 'var', '', 0, undef, undef ],
            [ 'UserPhone',      q{Telefon},                          'phone',      1, 0, 'var', 'tel:[% Data.UserPhone | uri %]', 0 ],
            [ 'ValidID',        Translatable('Valid'),               'valid_id',   0, 1, 'int', '', 0, undef, undef ],
        ],
        Selections => {
            UserTitle => {
                'Pani' => 'Pani',
                'Pan'  => "Pan",
            },
        },
    };
    push @{ $Self->{CustomerUser}->{Map} }, [ 'UserRoom', 'Pokój', 'room', 1, 0, 'var', '', 0 ];

    # the old CRM
    $Self->{CustomerUser1} = {
        %{ $Self->{CustomerUser} },
        Name   => 'CRM',
        Params => {
            DSN      => 'DBI:Pg:dbname=crm;host=crm.example.org;port=5433',
            User     => 'reader',
            Password => "s3cr\@t'",
            Table    => 'persons',
            ForeignDB => 1,
        },
        ReadOnly => 1,
    };
    delete $Self->{CustomerUser1}{Selections};

    $Self->{CustomerCompany}{Map}[1] = [ 'CustomerCompanyName', 'Firma', 'name', 1, 1, 'var', '', 0 ];
    $Self->{CustomerCompany}->{ReadOnly} = 1;

    $Self->{CustomerGroupSupport} = 1;
    $Self->{CustomerGroupAlwaysGroups} = [ 'users', 'faq' ];
    $Self->{CustomerGroupPermissionContext}->{'100-CustomerID-other'} = {
        Value => 'Ticket::CustomerID::Other',
        Name  => Translatable('Other Customers'),
    };
    $Self->{'CustomerPreferencesGroups'}->{'Password'}->{'PasswordMinSize'} = '12';
    $Self->{SessionMaxIdleTime} = 3600;

    # agents log in against the directory
    $Self->{'AuthModule'} = 'Kernel::System::Auth::LDAP';
    $Self->{'Customer::AuthModule'} = 'Kernel::System::CustomerAuth::DB';

    $Self->{Text} = <<"END" . "\n";
Greetings from $Self->{FQDN}; it's "fine" } ]
END

    if ( -e "$Self->{Home}/local.pl" ) {
        do "$Self->{Home}/local.pl";
        $Self->{CustomerUser}->{ReadOnly} = 1;
    }

    return 1;
}

# -- what else the program wants --
use parent qw(Kernel::Config::Defaults);

1;

$Self->{CustomerUser} = {
Name => 'Backend bazy danych',
Module => 'Kernel::System::CustomerUser::DB',
Params => {
Table => 'customer_user',
SearchCaseSensitive => 0,
},
};

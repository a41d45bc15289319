# Co łączy uprawnienia, klientów i usługi.
relations-give = nadaj:
relations-take = odbierz:
relations-moved = Nic jeszcze nie zapisano: w międzyczasie „{ $from }” zmieniono na „{ $to }”. Zaznaczenia są zachowane poniżej; jeśli nadal pasują, zapisz je ponownie.
relations-lost = Nic nie zapisano: nie ma już rekordu „{ $key }”. Poniżej jest wszystko, co było zaznaczone.
relations-lost-ticked = Zaznaczone wcześniej
relations-first-page = Tego miejsca na liście już nie ma, więc zaczyna się ona od początku.
relations-customer = { $login }: klient { $customer }
relations-service = { $login }: usługa { $service }

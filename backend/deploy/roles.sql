-- Runs once, in an empty volume, before the server listens on the network: the owner of the tables, who migrates, and the login of the program, which owns
-- nothing. Neither is a superuser; that one has no password from here on.
\set owner_password `cat /run/secrets/owner_password`
\set app_password `cat /run/secrets/app_password`
create role goldplan_owner login password :'owner_password';
create role goldplan_app login password :'app_password';
create database goldplan owner goldplan_owner;
alter role postgres password null;

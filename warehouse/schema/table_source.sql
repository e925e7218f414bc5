-- One row is one file that one table's rows came from.
-- made by: the build
-- unique: table_name, source_sha
create table table_source (
    table_name text not null, -- int | the table
    source_sha text not null, -- int | digest of the file
    rows bigint not null      -- int | rows now in the table from this file
);

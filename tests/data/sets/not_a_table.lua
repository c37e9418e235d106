-- expect: not_a_table.lua: .*must return a table
return 7

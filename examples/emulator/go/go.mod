module example.com/hotline

go 1.24

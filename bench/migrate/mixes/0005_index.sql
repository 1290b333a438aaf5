UPDATE t SET a = a + 1; CREATE INDEX t_a ON t(a);

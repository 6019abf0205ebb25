CREATE TABLE `rate_keys` (
	`day` text PRIMARY KEY NOT NULL,
	`sealed` blob NOT NULL
);

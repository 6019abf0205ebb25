CREATE TABLE "rate_keys" (
	"day" text PRIMARY KEY NOT NULL,
	"sealed" "bytea" NOT NULL
);

DROP INDEX `links_by_kind`;--> statement-breakpoint
DROP INDEX `links_by_invitation`;--> statement-breakpoint
DROP INDEX `links_by_signing`;--> statement-breakpoint
CREATE INDEX `links_founding` ON `links` (`kind`,`created_at`) WHERE invitation_id is null and signing_id is null;--> statement-breakpoint
CREATE INDEX `links_by_invitation` ON `links` (`invitation_id`) WHERE invitation_id is not null;--> statement-breakpoint
CREATE INDEX `links_by_signing` ON `links` (`signing_id`) WHERE signing_id is not null;--> statement-breakpoint
DROP INDEX `outbox_by_invitation`;--> statement-breakpoint
CREATE INDEX `outbox_by_invitation` ON `outbox` (`invitation_id`) WHERE invitation_id is not null;--> statement-breakpoint
DROP INDEX `signatures_unranked`;--> statement-breakpoint
CREATE INDEX `signatures_unranked` ON `signatures` (`letter_id`,`status`,`rank`,`position`) WHERE status = 'listed' and publication = 'public' and rank is null;--> statement-breakpoint
DROP INDEX `signings_by_invitation`;--> statement-breakpoint
CREATE INDEX `signings_by_invitation` ON `signings` (`invitation_id`) WHERE invitation_id is not null;
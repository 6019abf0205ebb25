ALTER TABLE `letters` ADD `letterhead` text;--> statement-breakpoint
ALTER TABLE `letters` ADD `letterhead_logo` text REFERENCES blobs(id);--> statement-breakpoint
CREATE INDEX `letters_by_letterhead_logo` ON `letters` (`letterhead_logo`) WHERE letterhead_logo is not null;--> statement-breakpoint
-- A letter delivered before this keeps the letterhead it has now.
UPDATE `letters` SET
  `letterhead` = (SELECT json_object('name', coalesce(json_extract(c.settings, '$.publicName'), c.name), 'lines', json(coalesce(json_extract(c.settings, '$.letterhead.lines'), '[]'))) FROM coalitions c WHERE c.id = letters.coalition_id),
  `letterhead_logo` = (SELECT b.id FROM coalitions c JOIN blobs b ON b.id = json_extract(c.settings, '$.logo') WHERE c.id = letters.coalition_id AND json_extract(c.settings, '$.letterhead.logo') AND b.activated_at IS NOT NULL)
WHERE `delivered_at` IS NOT NULL;

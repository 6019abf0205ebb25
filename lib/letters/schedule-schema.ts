import { z } from 'zod';
import { TEXT_LIMITS } from '../text/canonical.ts';
import { acceptName } from '../text/characters.ts';
import { readOrReport, seenRevision, typed } from './field-checker.ts';

/** Deadline, date and place of a letter whose text is frozen, with the revision of the settings that the page showed. */
export const scheduleForm = z
  .object({ deadlineDay: typed(10), deadlineTime: typed(5), date: typed(10), place: typed(TEXT_LIMITS.line), revision: seenRevision })
  .transform((given, context) =>
    readOrReport(given, context, (checker) => ({
      deadlineDay: given.deadlineDay.trim(),
      deadlineTime: given.deadlineTime.trim(),
      date: checker.day('date', given.date),
      place: checker.take('place', acceptName(given.place, TEXT_LIMITS.line)) || null,
      revision: given.revision,
    })),
  );

export type ScheduleInput = z.output<typeof scheduleForm>;

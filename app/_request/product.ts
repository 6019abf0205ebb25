import { loadConfig } from '../../lib/config.ts';
import { type Instance, sharedInstance } from '../../lib/instance.ts';

/** The instance that commands and views run on: one in the process, however many copies of this module there are. */
export const product = (): Promise<Instance> => sharedInstance(loadConfig());

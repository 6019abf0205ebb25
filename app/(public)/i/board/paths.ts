import { INVITATION_PATH } from '../gate.ts';

/** The letter for an organisation's board. */
export const BOARD_PATH = `${INVITATION_PATH}/board`;

/** The page of it, or its file, with the text in a language. */
export const boardPath = (of: '' | '/pdf', language: string): string => `${BOARD_PATH}${of}?text=${encodeURIComponent(language)}`;

/** Expected outcomes are values; exceptions are for bugs and lost infrastructure. */
export type Result<Value, Reason> = { readonly ok: true; readonly value: Value } | { readonly ok: false; readonly reason: Reason };

export const success = <const Value>(value: Value): { readonly ok: true; readonly value: Value } => ({ ok: true, value });
export const refusal = <const Reason>(reason: Reason): { readonly ok: false; readonly reason: Reason } => ({ ok: false, reason });

/**
 * What the phone keeps for an account (product.md §8): shown to that account only, and gone when it leaves the phone. Drafts are none
 * of it: they stay, and nobody else sees them.
 */
export interface AccountData {
  /** what the server gave: shown no more where it has not been reached for days (session.locked) */
  readonly lockable?: true
  /** Shows what is kept for this account; null: for nobody. */
  use(staff_id: string | null): void
  /** Logout, another account, a disabled one: nothing of it stays. */
  wipe(staff_id: string): void
}

/** Guests have no id in the store: their e-mail address is who they are. */
export const guestId = (email: string): string => `guest:${email.trim().toLowerCase()}`;

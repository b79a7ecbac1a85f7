const API_KEY = /^[0-9a-f]{40}$/;

/** Whether a password is an API key, by its shape: as Odoo 16 to 19 make them. */
export const isApiKey = (password: string): boolean => API_KEY.test(password);

// Imported by whatever runs on this machine only: Odoo and the store are here, too. See lib/outbound/guard.ts.
process.env.PRIVATE_ADDRESSES ??= 'allowed';

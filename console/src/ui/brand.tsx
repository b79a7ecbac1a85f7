import classes from './brand.module.css';

export function Brand() {
  return (
    <span className={classes.brand}>
      <svg width={30} height={30} viewBox="0 0 32 32" aria-hidden="true">
        <rect width="32" height="32" rx="8" className={classes.tile} />
        <path d="M7 12h13.500m0 0-4-4m4 4-4 4M25 20H11.500m0 0 4-4m-4 4 4 4" className={classes.arrows} />
      </svg>
      <span>
        OpenCart <span aria-hidden="true">→</span> Odoo
      </span>
    </span>
  );
}

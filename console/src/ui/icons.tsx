/** Our own icons: strokes on a grid of 24. They decorate; what they mean is always said in words beside them. */
const paths = {
  overview: 'M4 13h6V4H4zM14 20h6v-9h-6zM4 20h6v-3H4zM14 7h6V4h-6z',
  setup: 'M5 19 19 5m-6 0h6v6M5 12v7h7',
  customer: 'M12 11a4 4 0 1 0 0-8 4 4 0 0 0 0 8m-8 10c0-4 3.500-6 8-6s8 2 8 6',
  address: 'M12 21s7-6.500 7-11a7 7 0 1 0-14 0c0 4.500 7 11 7 11m0-8.500a2.500 2.500 0 1 0 0-5 2.500 2.500 0 0 0 0 5',
  category: 'M3 6a1 1 0 0 1 1-1h5l2 3h9a1 1 0 0 1 1 1v9a1 1 0 0 1-1 1H4a1 1 0 0 1-1-1z',
  option: 'M4 7h9m4 0h3M4 17h3m4 0h9M15 4.500v5M9 14.500v5',
  'option-value': 'M9 6h11M9 12h11M9 18h11M4.500 6h.01M4.500 12h.01M4.500 18h.01',
  product: 'M12 3 4 7v10l8 4 8-4V7zM4 7l8 4 8-4M12 11v10',
  tax: 'M6 18 18 6M7.500 9a1.500 1.500 0 1 0 0-3 1.500 1.500 0 0 0 0 3m9 9a1.500 1.500 0 1 0 0-3 1.500 1.500 0 0 0 0 3',
  currency:
    'M12 3v18M16.500 7.500C15.800 6 14.200 5.500 12 5.500c-2.600 0-4.500 1-4.500 3.200 0 4.600 9.500 2 9.500 6.600 0 2.200-2.200 3.200-5 3.200-2.500 0-4.400-.8-5-2.500',
  carrier: 'M3 6h11v10H3zM14 10h4l3 3v3h-7M7 19a2 2 0 1 0 0-4 2 2 0 0 0 0 4m10 0a2 2 0 1 0 0-4 2 2 0 0 0 0 4',
  'payment-method': 'M3 6h18v12H3zM3 10h18M7 15h3',
  order: 'M6 3h9l4 4v14H6zM9 12h6M9 16h6M14 3v5h5',
  'order-status': 'M4 12l5 5L20 6',
  run: 'M20 11a8 8 0 0 0-14.300-4M4 4v4h4M4 13a8 8 0 0 0 14.300 4M20 20v-4h-4',
  failure: 'M12 4 2.500 20h19zM12 10v4M12 17h.01',
  log: 'M5 4h14v16H5zM9 9h6M9 13h6M9 17h3',
  settings:
    'M12 15.500a3.500 3.500 0 1 0 0-7 3.500 3.500 0 0 0 0 7M12 3v2.500M12 18.500V21M4.200 7.500l2.200 1.300M17.600 15.200l2.200 1.300M4.200 16.500l2.200-1.300M17.600 8.800l2.200-1.300',
  menu: 'M4 7h16M4 12h16M4 17h16',
  search: 'M11 18a7 7 0 1 0 0-14 7 7 0 0 0 0 14m5-2 4 4',
  external: 'M13 5h6v6M19 5l-8 8M16 14v5H5V8h5',
  more: 'M5 12h.01M12 12h.01M19 12h.01',
  plus: 'M12 5v14M5 12h14',
  check: 'M5 12.500 10 17 19 7',
  cross: 'M6 6l12 12M18 6 6 18',
  minus: 'M6 12h12',
  info: 'M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18m0-10v6M12 7.500h.01',
  clock: 'M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18m0-14v5l3 2',
  download: 'M12 4v11m-4-4 4 4 4-4M5 20h14',
  upload: 'M12 15V4m-4 4 4-4 4 4M5 20h14',
  trash: 'M5 7h14M10 7V4h4v3M7 7l1 13h8l1-13M10 11v5M14 11v5',
  sun: 'M12 16a4 4 0 1 0 0-8 4 4 0 0 0 0 8M12 2v2M12 20v2M4.900 4.900l1.400 1.400M17.700 17.700l1.400 1.400M2 12h2M20 12h2M4.900 19.100l1.400-1.400M17.700 6.300l1.400-1.400',
  moon: 'M20 14.500A8.500 8.500 0 0 1 9.500 4 8.500 8.500 0 1 0 20 14.500',
  language: 'M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18M3 12h18M12 3c3 3 3 15 0 18M12 3c-3 3-3 15 0 18',
  link: 'M10 14a4 4 0 0 0 6 0l3-3a4.200 4.200 0 0 0-6-6l-1 1M14 10a4 4 0 0 0-6 0l-3 3a4.200 4.200 0 0 0 6 6l1-1',
  unlink: 'M16 14l3-3a4.200 4.200 0 0 0-6-6l-1 1M8 10l-3 3a4.200 4.200 0 0 0 6 6l1-1M9 15l6-6',
  history: 'M4 12a8 8 0 1 0 2.500-5.800M4 4v4h4M12 8v4l3 2',
  eye: 'M2.500 12S6 5.500 12 5.500 21.500 12 21.500 12 18 18.500 12 18.500 2.500 12 2.500 12M12 15a3 3 0 1 0 0-6 3 3 0 0 0 0 6',
  play: 'M7 5v14l12-7z',
  stop: 'M6 6h12v12H6z',
  chevron: 'M9 6l6 6-6 6',
  back: 'M15 6l-6 6 6 6',
  undo: 'M9 14 4 9l5-5M4 9h10a6 6 0 0 1 0 12h-3',
  offline: 'M3 3l18 18M8.500 15.500a5 5 0 0 1 7 0M5 12a10 10 0 0 1 4-2.500M19 12a10 10 0 0 0-6-3M12 19h.01',
  lock: 'M6 11h12v9H6zM8.500 11V8a3.500 3.500 0 0 1 7 0v3',
  person: 'M12 11a4 4 0 1 0 0-8 4 4 0 0 0 0 8m-8 10c0-4 3.500-6 8-6s8 2 8 6',
} as const;

export type IconName = keyof typeof paths;

export function Icon({ name, size = 18 }: { name: IconName; size?: number }) {
  return (
    <svg
      width={size}
      height={size}
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      strokeWidth={name === 'more' ? 3 : 1.75}
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
      focusable="false"
    >
      <path d={paths[name]} />
    </svg>
  );
}

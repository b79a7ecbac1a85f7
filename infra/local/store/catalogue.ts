/** The products of the demo store, all invented. */
import { type ProductSnapshot, productSnapshot } from '../../../lib/opencart/snapshots.ts';
import { barcodeFor } from './barcodes.ts';
import { type CategoryId, shelvedIn } from './categories.ts';
import { offeredWith } from './options.ts';
import { ratesOf, type TaxClass } from './taxes.ts';

export interface StoreProduct {
  productId: string;
  taxClass: TaxClass;
  snapshot: ProductSnapshot;
}

type Row = [
  ...[name: string, price: string, taxClass: TaxClass, category: CategoryId | undefined, weightKg: string],
  german?: string,
];

const rows: readonly Row[] = [
  ['Alder Desk Lamp', '33.3300', 'standard', 'desk', '1.2000', 'Schreibtischlampe „Erle“'],
  ['Birch Writing Desk', '349.1667', 'standard', 'desk', '28.5000', 'Schreibtisch, Birke'],
  ['Brass Pencil Cup', '0.9900', 'standard', 'desk', '0.2000'],
  ['Café Crème Mug', '8.2900', 'standard', 'tableware', '0.3500', 'Becher „Café Crème“'],
  ['Cedar Bookend (pair)', '24.9583', 'standard', 'desk', '2.1000'],
  ['Cork Notice Board', '16.6583', 'standard', 'desk', '1.4000'],
  ['Desk Mat 30" x 60"', '41.6250', 'standard', 'desk', '0.9000'],
  ['Enamel Tea Kettle', '54.0833', 'standard', 'kitchen', '1.6000', 'Teekessel, emailliert'],
  ['Fern & Moss Print', '19.9999', 'standard', 'paper', '0.1000'],
  ['Foldable Step Stool', '45.7917', 'standard', 'home', '3.3000'],
  ['Glass Carafe 1 l', '14.1250', 'standard', 'tableware', '0.8000'],
  ['Hazel Coat Rack', '89.0050', 'standard', 'home', '6.4000'],
  ['Linen Apron', '27.4167', 'standard', 'textiles', '0.3000', 'Leinenschürze'],
  ['Merino Throw', '116.6250', 'standard', 'textiles', '1.1000', 'Merinodecke'],
  ['Oak Cutting Board', '38.2917', 'standard', 'kitchen', '2.4000', 'Schneidebrett aus Eiche'],
  ['Recycled Tote Bag', '9.9500', 'standard', 'textiles', '0.1500'],
  ['Slate Coaster', '3.3333', 'standard', 'tableware', '0.2500'],
  ['Walnut Monitor Stand', '74.9917', 'standard', 'desk', '4.2000'],
  ['Atlas of Small Islands', '23.6967', 'reduced', 'books', '1.3000', 'Atlas der kleinen Inseln'],
  ['Bread Baking, a Handbook', '18.0095', 'reduced', 'books', '0.9000'],
  ['Field Guide to Lichens', '14.2180', 'reduced', 'books', '0.4000'],
  ['Night Trains (novel)', '10.4265', 'reduced', 'books', '0.3000', 'Nachtzüge (Roman)'],
  ['Pocket Star Chart', '5.6872', 'reduced', 'paper', '0.0500'],
  ['Printed Calendar', '12.3223', 'reduced', 'paper', '0.2000'],
  ['Sourdough Starter Kit', '9.4692', 'reduced', 'kitchen', '0.7000'],
  ['The Quiet Garden', '29.3839', 'reduced', 'books', '1.1000'],
  ['Acacia Salad Bowl', '31.5900', 'local', 'tableware', '1.0000'],
  ['Beeswax Candle', '7.4900', 'local', 'home', '0.3000'],
  ['Canvas Work Jacket', '98.5000', 'local', 'workshop', '1.2000', 'Arbeitsjacke'],
  ['Cast Iron Skillet 10"', '42.2500', 'local', 'kitchen', '2.6000'],
  ['Denim Roll-top Pack', '64.9900', 'local', 'outdoors', '0.9000'],
  ['Hickory Hammer', '21.0500', 'local', 'workshop', '0.7000'],
  ['Leather Key Fob', '6.2500', 'local', 'gifts', '0.0500'],
  ['Stoneware Planter', '17.7750', 'local', 'home', '1.9000'],
  ['Wool Camp Blanket', '83.3350', 'local', 'outdoors', '1.8000', 'Wolldecke'],
  ['Gift Card Sleeve', '1.0000', 'none', 'gifts', '0.0200'],
  ['Donation: Plant a Tree', '5.0000', 'none', undefined, '0.0000', 'Spende: Ein Baum für „Łódź“'],
  ['Repair Voucher', '25.0000', 'none', undefined, '0.0000'],
  ['Seed Paper Postcard', '2.1250', 'none', 'paper', '0.0200'],
  ['Museum Day Ticket', '12.5000', 'none', 'gifts', '0.0000'],
];

const FIRST_ID = 50;

/**
 * Every fifth product has no SKU, as in many real stores: its model is its code. Every third has a barcode.
 * What weighs nothing is not shipped. More than there are names for are further series of the same.
 */
export function catalogue(suffix: string, count = rows.length): StoreProduct[] {
  return Array.from({ length: count }, (_, index) => {
    const [plain, price, taxClass, category, weightKg, plainGerman] = rows[index % rows.length] as Row;
    const [name, german] = [inSeries(plain, index), plainGerman && inSeries(plainGerman, index)];
    const number = String(index + 1).padStart(3, '0');
    const productId = String(FIRST_ID + index);
    const snapshot = productSnapshot.parse({
      names: [
        { languageCode: 'en-gb', name, description: `<p>${name}, made to last.</p>` },
        ...(german === undefined ? [] : [{ languageCode: 'de-de', name: german, description: '' }]),
      ],
      categories: category === undefined ? [] : shelvedIn(category, suffix),
      model: `MODEL-${number}${suffix}`,
      sku: index % 5 === 4 ? '' : `DEMO-${number}${suffix}`,
      ean: index % 3 === 0 ? barcodeFor(suffix, index) : '',
      ...{ price, weightKg, shippable: Number(weightKg) > 0 },
      quantity: (index * 37) % 120,
      taxes: ratesOf(taxClass),
      options: offeredWith(plain, productId, suffix),
    });
    return { productId, taxClass, snapshot };
  });
}

function inSeries(name: string, index: number): string {
  const series = Math.floor(index / rows.length);
  return series === 0 ? name : `${name}, series ${series + 1}`;
}

/** What Odoo calls the product's internal reference. */
export const codeOf = ({ sku, model }: ProductSnapshot): string => sku || model;

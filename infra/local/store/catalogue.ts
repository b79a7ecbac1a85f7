/** The products of the demo store, all invented. */
import { type ProductSnapshot, productSnapshot } from '../../../lib/opencart/snapshots.ts';
import type { TaxClass } from './taxes.ts';

export interface StoreProduct {
  productId: string;
  taxClass: TaxClass;
  snapshot: ProductSnapshot;
}

type Row = [name: string, price: string, taxClass: TaxClass, weightKg: string, german?: string];

const rows: readonly Row[] = [
  ['Alder Desk Lamp', '33.3300', 'standard', '1.2000', 'Schreibtischlampe „Erle“'],
  ['Birch Writing Desk', '349.1667', 'standard', '28.5000'],
  ['Brass Pencil Cup', '0.9900', 'standard', '0.2000'],
  ['Café Crème Mug', '8.2900', 'standard', '0.3500', 'Becher „Café Crème“'],
  ['Cedar Bookend (pair)', '24.9583', 'standard', '2.1000'],
  ['Cork Notice Board', '16.6583', 'standard', '1.4000'],
  ['Desk Mat 30" x 60"', '41.6250', 'standard', '0.9000'],
  ['Enamel Tea Kettle', '54.0833', 'standard', '1.6000', 'Teekessel, emailliert'],
  ['Fern & Moss Print', '19.9999', 'standard', '0.1000'],
  ['Foldable Step Stool', '45.7917', 'standard', '3.3000'],
  ['Glass Carafe 1 l', '14.1250', 'standard', '0.8000'],
  ['Hazel Coat Rack', '89.0050', 'standard', '6.4000'],
  ['Linen Apron', '27.4167', 'standard', '0.3000'],
  ['Merino Throw', '116.6250', 'standard', '1.1000'],
  ['Oak Cutting Board', '38.2917', 'standard', '2.4000', 'Schneidebrett aus Eiche'],
  ['Recycled Tote Bag', '9.9500', 'standard', '0.1500'],
  ['Slate Coaster', '3.3333', 'standard', '0.2500'],
  ['Walnut Monitor Stand', '74.9917', 'standard', '4.2000'],
  ['Atlas of Small Islands', '23.6967', 'reduced', '1.3000', 'Atlas der kleinen Inseln'],
  ['Bread Baking, a Handbook', '18.0095', 'reduced', '0.9000'],
  ['Field Guide to Lichens', '14.2180', 'reduced', '0.4000'],
  ['Night Trains (novel)', '10.4265', 'reduced', '0.3000'],
  ['Pocket Star Chart', '5.6872', 'reduced', '0.0500'],
  ['Printed Calendar', '12.3223', 'reduced', '0.2000'],
  ['Sourdough Starter Kit', '9.4692', 'reduced', '0.7000'],
  ['The Quiet Garden', '29.3839', 'reduced', '1.1000'],
  ['Acacia Salad Bowl', '31.5900', 'local', '1.0000'],
  ['Beeswax Candle', '7.4900', 'local', '0.3000'],
  ['Canvas Work Jacket', '98.5000', 'local', '1.2000'],
  ['Cast Iron Skillet 10"', '42.2500', 'local', '2.6000'],
  ['Denim Roll-top Pack', '64.9900', 'local', '0.9000'],
  ['Hickory Hammer', '21.0500', 'local', '0.7000'],
  ['Leather Key Fob', '6.2500', 'local', '0.0500'],
  ['Stoneware Planter', '17.7750', 'local', '1.9000'],
  ['Wool Camp Blanket', '83.3350', 'local', '1.8000'],
  ['Gift Card Sleeve', '1.0000', 'none', '0.0200'],
  ['Donation: Plant a Tree', '5.0000', 'none', '0.0000', 'Spende: Ein Baum für „Łódź“'],
  ['Repair Voucher', '25.0000', 'none', '0.0000'],
  ['Seed Paper Postcard', '2.1250', 'none', '0.0200'],
  ['Museum Day Ticket', '12.5000', 'none', '0.0000'],
];

const FIRST_ID = 50;

/** Every fifth product has no SKU, as in many real stores: its model is its code. */
export function catalogue(suffix: string): StoreProduct[] {
  return rows.map(([name, price, taxClass, weightKg, german], index) => {
    const number = String(index + 1).padStart(3, '0');
    const snapshot = productSnapshot.parse({
      names: [
        { languageCode: 'en-gb', name, description: `<p>${name}, made to last.</p>` },
        ...(german === undefined ? [] : [{ languageCode: 'de-de', name: german, description: '' }]),
      ],
      model: `MODEL-${number}${suffix}`,
      sku: index % 5 === 4 ? '' : `DEMO-${number}${suffix}`,
      ...{ price, weightKg },
    });
    return { productId: String(FIRST_ID + index), taxClass, snapshot };
  });
}

/** What Odoo calls the product's internal reference. */
export const codeOf = ({ sku, model }: ProductSnapshot): string => sku || model;

<?php
namespace OdooConnector\Snapshot;

use OdooConnector\Json;

/**
 * Where a store asks for a tax id. OpenCart has no such field: stores add a custom field, and call it as their
 * customers know it.
 */
final class TaxIds
{
    const NAMES = '/\b(vat|vat[ -]?(id|no|number|reg\w*)|tax[ -]?(id|no|number)|ust\.?-?id\w*|umsatzsteuer\w*|steuernummer|tva|btw\w*|p\.? ?iva|partita iva|nif|cif|nip|gstin|gst|abn)\b/iu';

    private $tables;
    private $fields;

    public function __construct(Tables $tables)
    {
        $this->tables = $tables;
    }

    /** @param string|null $customFields the JSON of a customer or an address: custom field id → what was filled in */
    public function in(?string $customFields): string
    {
        $values = Json::decode((string)$customFields);
        if (!is_array($values)) {
            return '';
        }
        foreach ($this->fields() as $id) {
            if (isset($values[$id]) && is_string($values[$id]) && trim($values[$id]) !== '') {
                return trim(Json::text($values[$id]));
            }
        }
        return '';
    }

    /** @return int[] ids of the custom fields that ask for it */
    private function fields(): array
    {
        if ($this->fields === null) {
            $sql = "SELECT f.custom_field_id, d.name FROM {custom_field} f JOIN {custom_field_description} d ON d.custom_field_id = f.custom_field_id WHERE f.type = 'text' ORDER BY f.custom_field_id";
            $this->fields = [];
            foreach ($this->tables->rows($sql) as $row) {
                if (preg_match(self::NAMES, Json::text($row['name'])) === 1) {
                    $this->fields[] = (int)$row['custom_field_id'];
                }
            }
        }
        return $this->fields;
    }
}

<?php
namespace OdooConnector\Test;

use OdooConnector\Entities;
use OdooConnector\Test\Support\StoreTables;

/** The snapshots against the schemas that the connector checks them with: docs/snapshots.schema.json. */
final class SchemaTest extends StoreTestCase
{
    /** @return array<string, array> of all lines: entity → snapshots */
    private function snapshots(): array
    {
        $all = [];
        foreach (StoreTables::LINES as $line) {
            $store = $this->store($line);
            $catalogue = $store->connector->catalogue();
            foreach (Entities::ALL as $entity) {
                $source = $catalogue->source($entity);
                $made = $source->snapshots($catalogue->store(0), $source->ids($catalogue->store(0), null, 500));
                $this->assertNotSame([], $made, "$line $entity");
                foreach ($made as $id => $snapshot) {
                    $all[$entity]["$line $id"] = json_decode(json_encode($snapshot['data']));
                }
            }
        }
        return $all;
    }

    public function testEveryFieldOfTheSchemasIsMadeAndNoOther(): void
    {
        $schemas = json_decode(file_get_contents(__DIR__ . '/../../docs/snapshots.schema.json'), true)['$defs'];
        $this->assertEqualsCanonicalizing(array_keys($schemas), Entities::ALL);
        $known = [];
        $made = [];
        $snapshots = $this->snapshots();
        foreach ($schemas as $entity => $schema) {
            $this->fieldsOf($schema, $entity, $known);
            foreach ($snapshots[$entity] as $snapshot) {
                $this->fieldsIn($snapshot, $entity, $made);
            }
        }
        $this->assertSame([], array_values(array_diff(array_keys($made), array_keys($known))), 'made, but unknown to the connector');
        $untold = preg_grep('/(^category|categories\[\])(\.ancestors\[\])?\.names\[\]\.description$/', array_keys($known));
        $this->assertSame([], array_values(array_diff(array_keys($known), array_keys($made), $untold)), 'known to the connector, but never made');
    }

    /** For `npm run test:opencart`, which checks them with the connector's own validator. */
    public function testSnapshotsAreWrittenDownForTheConnectorsOwnCheck(): void
    {
        $to = getenv('ODOO_CONNECTOR_SNAPSHOTS') ?: tempnam(sys_get_temp_dir(), 'snapshots');
        $this->assertGreaterThan(1000, file_put_contents($to, json_encode($this->snapshots(), JSON_THROW_ON_ERROR)));
        if (getenv('ODOO_CONNECTOR_SNAPSHOTS') === false) {
            unlink($to);
        }
    }

    private function fieldsOf(array $schema, string $path, array &$fields): void
    {
        $fields[$path] = true;
        foreach (isset($schema['properties']) ? $schema['properties'] : [] as $name => $property) {
            $this->fieldsOf($property, "$path.$name", $fields);
        }
        foreach (['items' => '[]', 'additionalProperties' => '{}'] as $key => $mark) {
            if (isset($schema[$key]) && is_array($schema[$key]) && $schema[$key] !== []) {
                $this->fieldsOf($schema[$key], $path . $mark, $fields);
            }
        }
    }

    private function fieldsIn($value, string $path, array &$fields): void
    {
        $fields[$path] = true;
        if (is_array($value)) {
            foreach ($value as $item) {
                $this->fieldsIn($item, $path . '[]', $fields);
            }
        } elseif (is_object($value)) {
            // Keyed by id or currency, not by name.
            $isMap = preg_match('/\.(rates|products)$/', $path) === 1;
            foreach (get_object_vars($value) as $name => $property) {
                $this->fieldsIn($property, $isMap ? $path . '{}' : "$path.$name", $fields);
            }
        }
    }
}

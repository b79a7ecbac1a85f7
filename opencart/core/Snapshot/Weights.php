<?php
namespace OdooConnector\Snapshot;

/** Weights in kilograms, computed in DECIMAL by the database. */
final class Weights
{
    /** Kilograms of one of each unit. */
    const UNITS = ['kg' => '1', 'g' => '0.001', 'lb' => '0.45359237', 'oz' => '0.028349523125'];

    private $tables;
    private $kilogram;

    public function __construct(Tables $tables)
    {
        $this->tables = $tables;
    }

    /**
     * SQL of a weight in kilograms; an unknown weight class counts as kilograms.
     *
     * @param string $weight a column
     * @param string $value the column `value` of its weight_class: units of it for one of the store's own unit
     */
    public function sql(string $weight, string $value): string
    {
        return "CAST(ROUND($weight * {$this->kilogram()} / IF($value > 0, $value, {$this->kilogram()}), 8) AS DECIMAL(20,8))";
    }

    /** SQL: kilograms that make one of the store's own unit of weight, to which all others are told. */
    private function kilogram(): string
    {
        if ($this->kilogram === null) {
            $sql = 'SELECT LOWER(TRIM(d.unit)) AS unit, c.value FROM {weight_class} c JOIN {weight_class_description} d ON d.weight_class_id = c.weight_class_id WHERE c.value > 0';
            $values = array_column($this->tables->rows($sql), 'value', 'unit');
            $this->kilogram = '1.00000000';
            foreach (self::UNITS as $unit => $kilograms) {
                if (isset($values[$unit]) && preg_match('/^\d+\.\d+$/', $values[$unit])) {
                    $this->kilogram = "({$values[$unit]} * $kilograms)";
                    break;
                }
            }
        }
        return $this->kilogram;
    }
}

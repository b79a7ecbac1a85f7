<?php
namespace OdooConnector;

/** The fields of a request for records, checked. Every method throws \InvalidArgumentException naming the field. */
final class ExportRequest
{
    private $fields;
    private $maxLimit;

    public function __construct(array $fields, int $maxLimit)
    {
        $this->fields = $fields;
        $this->maxLimit = $maxLimit;
    }

    public function has(string $name): bool
    {
        return isset($this->fields[$name]);
    }

    public function entity(): string
    {
        return $this->text('entity', 64);
    }

    public function after(): ?string
    {
        return $this->has('after') ? $this->text('after', 256) : null;
    }

    public function limit(): int
    {
        $limit = $this->has('limit') ? $this->fields['limit'] : null;
        if (!is_int($limit) || $limit < 1 || $limit > $this->maxLimit) {
            throw self::bad('limit');
        }
        return $limit;
    }

    /** @return string[] */
    public function ids(): array
    {
        $ids = $this->has('ids') ? $this->fields['ids'] : null;
        if (!is_array($ids) || $ids === [] || count($ids) > $this->maxLimit) {
            throw self::bad('ids');
        }
        foreach ($ids as $id) {
            if (!is_string($id) || $id === '' || strlen($id) > 512) {
                throw self::bad('ids');
            }
        }
        return array_values(array_unique($ids));
    }

    /** UTC, ISO 8601. */
    public function since(): string
    {
        $since = $this->text('since', 64);
        if (!preg_match('/^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?Z$/', $since)) {
            throw self::bad('since');
        }
        return $since;
    }

    private function text(string $name, int $most): string
    {
        $text = $this->has($name) ? $this->fields[$name] : null;
        if (!is_string($text) || $text === '' || strlen($text) > $most) {
            throw self::bad($name);
        }
        return $text;
    }

    private static function bad(string $name): \InvalidArgumentException
    {
        return new \InvalidArgumentException('The request does not have the expected shape: ' . $name . '.');
    }
}

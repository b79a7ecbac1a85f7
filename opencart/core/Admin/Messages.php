<?php
namespace OdooConnector\Admin;

use OdooConnector\Problem;

/**
 * What a person is told: a notice is `[level, code, text, remedy, detail]`. Level is success, warning or danger as
 * both Bootstraps call them; remedy says what to do, detail is what a technician wants to read; both may be empty.
 */
final class Messages
{
    /** @var Texts */
    private $texts;

    public function __construct(Texts $texts)
    {
        $this->texts = $texts;
    }

    /** @param array<string, scalar|null> $params */
    public function success(string $key, array $params = []): array
    {
        return $this->notice('success', '', $key, $params);
    }

    /** @param array<string, scalar|null> $params */
    public function warning(string $key, array $params = []): array
    {
        return $this->notice('warning', '', $key, $params);
    }

    /**
     * A problem by its code. One that has no text of its own is told by its code and detail.
     *
     * @param array<string, scalar|null> $params
     * @param string $detail what whoever found the problem said of it, in English
     */
    public function problem(string $code, array $params = [], string $detail = ''): array
    {
        $key = $this->texts->has('problem_' . $code) ? 'problem_' . $code : 'problem_unknown';
        return $this->notice('danger', $code, $key, $params + ['code' => $code], $detail);
    }

    /** What somebody caught. */
    public function of(Problem $problem): array
    {
        return $this->problem($problem->problem(), $problem->params(), $problem->getMessage());
    }

    private function notice(string $level, string $code, string $key, array $params, string $detail = ''): array
    {
        $remedy = preg_replace('/^(problem|text)_/', 'remedy_', $key);
        return [
            'level' => $level,
            'code' => $code,
            'text' => $this->texts->get($key, $params),
            'remedy' => $this->texts->has($remedy) ? $this->texts->get($remedy, $params) : '',
            'detail' => $detail,
        ];
    }
}

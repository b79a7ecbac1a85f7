<?php
namespace OdooConnector\Test;

use PHPUnit\Framework\TestCase;

/** What runs on OpenCart 3's hosts must be PHP 7.3: nothing newer stands in its files. */
final class SyntaxTest extends TestCase
{
    const NEWER_TOKENS = [
        'T_FN', 'T_COALESCE_EQUAL', 'T_MATCH', 'T_NULLSAFE_OBJECT_OPERATOR', 'T_ENUM', 'T_READONLY', 'T_ATTRIBUTE',
    ];
    const NEWER_FUNCTIONS = ['str_contains', 'str_starts_with', 'str_ends_with', 'array_is_list', 'get_debug_type', 'mb_str_split', 'json_validate'];
    /** In the source without comments, texts and white space. */
    const NEWER_PATTERNS = [
        'a typed property' => '/\b(public|protected|private|var)( static)? ?(?!static )\??[\\\\\w]+ \$\w+[;=]/',
        'a union type' => '/[(,]\??[\\\\\w]+\|[\\\\\w|]+ \$/',
        'a promoted property' => '/[(,](public|protected|private) /',
        'a spread in an array' => '/\[\.\.\.|,\.\.\.\$\w+\]/',
        'a catch without a variable' => '/catch\([\\\\\w|]+\)/',
        'a throw in an expression' => '/[?:=]throw /',
        'a comma at the end of parameters' => '/function( \w+)?\([^()]*,\)/',
        'a class of an object' => '/\$\w+::class\b/',
    ];

    public function files(): array
    {
        $files = [];
        foreach (['core', 'v3'] as $folder) {
            foreach (new \RecursiveIteratorIterator(new \RecursiveDirectoryIterator(__DIR__ . "/../$folder", \FilesystemIterator::SKIP_DOTS)) as $file) {
                if ($file->getExtension() === 'php') {
                    $files[substr($file->getPathname(), strlen(__DIR__) + 4)] = [$file->getPathname()];
                }
            }
        }
        return $files;
    }

    /** @dataProvider files */
    public function testHasNothingNewerThan73(string $file): void
    {
        $source = '';
        foreach (token_get_all(file_get_contents($file)) as $token) {
            if (!is_array($token)) {
                $source .= $token;
                continue;
            }
            $name = token_name($token[0]);
            $this->assertNotContains($name, self::NEWER_TOKENS, "line {$token[2]}");
            $this->assertFalse($name === 'T_STRING' && in_array($token[1], self::NEWER_FUNCTIONS, true), "{$token[1]}, line {$token[2]}");
            $this->assertDoesNotMatchRegularExpression('/^\d+_\d/', in_array($name, ['T_LNUMBER', 'T_DNUMBER'], true) ? $token[1] : '', "line {$token[2]}");
            $isUnspoken = in_array($name, ['T_COMMENT', 'T_DOC_COMMENT', 'T_WHITESPACE'], true);
            $source .= $isUnspoken ? ' ' : ($name === 'T_CONSTANT_ENCAPSED_STRING' || $name === 'T_ENCAPSED_AND_WHITESPACE' ? "''" : $token[1]);
        }
        $source = preg_replace('/\s+/', ' ', $source);
        $source = preg_replace('/ ?([(),;=\[\]?:{}|]) ?/', '$1', $source);
        foreach (self::NEWER_PATTERNS as $what => $pattern) {
            $this->assertSame([], preg_match($pattern, $source, $found) ? $found : [], $what);
        }
    }
}

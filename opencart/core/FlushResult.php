<?php
namespace OdooConnector;

/** What became of the events that waited. */
final class FlushResult
{
    /** @var int events that the connector has taken now */
    public $sent = 0;
    /** @var int events that it will not have; they are parked with the reason */
    public $rejected = 0;
    /** @var int events that still wait */
    public $waiting = 0;
    /** @var array{code: string, message: string}|null why they wait */
    public $problem;
}

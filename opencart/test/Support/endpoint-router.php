<?php
// Serves what Endpoint describes.
if ($_SERVER['REQUEST_URI'] === '/ready') {
    echo 'ready';
    return;
}
$folder = getenv('ENDPOINT_FOLDER');
$how = file_get_contents($folder . '/answer');
$raw = file_get_contents('php://input');
$body = json_decode($raw, true);
$number = count(glob($folder . '/request-*'));
$headers = array_change_key_case(getallheaders());
file_put_contents(sprintf('%s/request-%04d', $folder, $number), json_encode(['headers' => $headers, 'body' => $body, 'raw' => $raw, 'uri' => $_SERVER['REQUEST_URI'], 'method' => $_SERVER['REQUEST_METHOD']]));

if ($_SERVER['REQUEST_URI'] === '/v1/health') {
    if ($how === '401' || $how === 'skew') {
        header($how === 'skew' ? 'Date: ' . gmdate('D, d M Y H:i:s', time() + 3600) . ' GMT' : 'X-Ok: 1', true, 401);
        echo '{"code":"TOKEN_REFUSED","detail":"no"}';
        return;
    }
    if ($how === 'html') {
        echo '<html>hello</html>';
        return;
    }
    echo json_encode(['status' => $how === 'accept' ? 'ok' : $how, 'message' => 'As it is.', 'odoo' => ['version' => '19.0']]);
    return;
}
if ($_SERVER['REQUEST_URI'] === '/v1/settings') {
    $isGood = $how !== '409' || $_SERVER['REQUEST_METHOD'] === 'GET';
    http_response_code($isGood ? 200 : 409);
    $settings = $how === 'known' ? ['exportUrl' => 'https://shop.example/export'] : ['bulkLimit' => 100];
    echo json_encode($isGood ? ['version' => 3, 'settings' => $settings] : ['code' => 'CONFLICT', 'detail' => 'Somebody was faster.']);
    return;
}
$verdicts = [];
foreach ($body['events'] as $event) {
    $isRejected = $how === 'reject-all' || $how === 'reject:' . $event['recordId'];
    $verdicts[] = $isRejected
        ? ['id' => $event['id'], 'status' => 'rejected', 'code' => 'SNAPSHOT_INVALID', 'detail' => 'Bad shape.', 'errors' => [['path' => 'events.0.data.email', 'reason' => 'is no address']]]
        : ['id' => $event['id'], 'status' => $how === 'duplicate' ? 'duplicate' : 'accepted'];
}
header('Content-Type: application/json');
switch (true) {
    case $how === 'hang':
        sleep(20);
        return;
    case $how === 'html':
        header('Content-Type: text/html', true, 202);
        echo '<html><body>Maintenance</body></html>';
        return;
    case $how === 'broken':
        http_response_code(202);
        echo substr(json_encode(['events' => $verdicts]), 0, -5);
        return;
    case $how === 'half':
        http_response_code(202);
        echo json_encode(['events' => array_slice($verdicts, 0, (int)(count($verdicts) / 2))]);
        return;
    case $how === 'skew':
        header('Date: ' . gmdate('D, d M Y H:i:s', time() + 3600) . ' GMT', true, 401);
        echo '{"code":"SIGNATURE_REFUSED","detail":"no"}';
        return;
    case $how === 'reject-all':
        http_response_code(400);
        echo json_encode(['code' => 'EVENT_INVALID', 'detail' => 'Every event was rejected.', 'events' => $verdicts]);
        return;
    case ctype_digit($how):
        http_response_code((int)$how);
        echo json_encode(['code' => 'SOMETHING', 'detail' => 'It is so.']);
        return;
    default:
        http_response_code(202);
        echo json_encode(['events' => $verdicts]);
}

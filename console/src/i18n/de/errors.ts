import type { ErrorCode } from '../../../../lib/errors/catalog.ts';

/** Der Fehlerkatalog auf Deutsch: Ursache, und wer sie wie behebt. */
export const errorsDe: Record<ErrorCode, readonly [title: string, remedy: string]> = {
  BODY_NOT_JSON: ['Der Inhalt ist kein JSON', 'Der Absender muss ein JSON-Dokument in UTF-8 senden.'],
  BODY_INVALID: ['Der Inhalt hat nicht die erwartete Form', 'Berichtigen Sie die genannten Felder.'],
  BODY_TOO_LARGE: ['Der Inhalt ist größer als 1 MiB', 'Der Absender muss weniger Ereignisse je Anfrage senden.'],
  TOO_MANY_EVENTS: ['Mehr als 50 Ereignisse in einer Anfrage', 'Der Absender darf höchstens 50 Ereignisse senden.'],
  SIGNATURE_REFUSED: [
    'Die Anfrage ist von keiner bekannten Verbindung unterschrieben',
    'Prüfen Sie den Namen der Verbindung, das Webhook-Geheimnis und die Uhr des Shops, und senden Sie noch einmal.',
  ],
  EVENT_INVALID: ['Das Ereignis hat nicht die erwartete Form', 'Aktualisieren Sie die Erweiterung des Shops.'],
  ENTITY_UNKNOWN: [
    'Diese Art von Datensatz gibt es nicht',
    'Aktualisieren Sie den Konnektor oder die Erweiterung des Shops.',
  ],
  QUERY_INVALID: ['Ein Filter hat einen falschen Wert', 'Berichtigen Sie den genannten Filter.'],
  PATH_INVALID: ['Ein Teil der Adresse hat einen falschen Wert', 'Berichtigen Sie den genannten Teil.'],
  NOT_FOUND: ['So etwas gibt es nicht', 'Sehen Sie in der Liste nach, in der es sein sollte; vielleicht ist es fort.'],
  CONFLICT: ['Jemand anderes war schneller', 'Sehen Sie sich den jetzigen Stand an, und entscheiden Sie neu.'],
  VALUE_REFUSED: ['Ein Wert ergibt hier keinen Sinn', 'Berichtigen Sie das genannte Feld.'],
  TOKEN_REFUSED: ['Das Token erlaubt das nicht', 'Holen Sie ein frisches Token mit der nötigen Rolle.'],
  QUEUE_UNAVAILABLE: [
    'Die Warteschlange hat das Ereignis nicht genommen',
    'Der Shop sendet es von selbst noch einmal.',
  ],
  INTERNAL: [
    'Etwas Unvorhergesehenes ist schiefgegangen',
    'Versuchen Sie es noch einmal; das Protokoll der Funktion sagt mehr.',
  ],
  MESSAGE_UNREADABLE: [
    'Eine Nachricht in der Warteschlange war nicht lesbar',
    'Sehen Sie sich ihren Inhalt beim Fehler an; etwas anderes als dieser Konnektor, oder eine neuere Version, hat sie dorthin gelegt.',
  ],
  FUNCTION_DIED: [
    'An diesem Datensatz stirbt die Funktion',
    'Sehen Sie in die Protokolle des Empfängers: Speicher oder Zeit reichten nicht. Verkleinern Sie den Datensatz im Shop, oder geben Sie der Funktion mehr; er wird von selbst wieder versucht, allein, bis zu zweimal am Tag.',
  ],
  DEAD_LETTER: [
    'Eine Nachricht wurde nach vielen Zustellungen aufgegeben',
    'Sehen Sie in die Protokolle des Empfängers zu dieser Zeit; das Ereignis wird von selbst noch einmal versucht.',
  ],
  CONNECTION_UNCONFIGURED: [
    'Die Verbindung hat keine Einstellungen oder keine Zugangsdaten',
    'Verbinden Sie Odoo und den Shop auf der Seite Einrichtung.',
  ],
  ADDRESS_PRIVATE: [
    'Die Adresse gehört nicht zum Internet',
    'Tragen Sie eine URL ein, deren Host aus dem Internet erreichbar ist: Mit anderen verbindet sich der Connector nicht.',
  ],
  EXPORT_UNCONFIGURED: [
    'Die Verbindung kennt die Exportadresse des Shops nicht',
    'Tragen Sie sie in den Einstellungen ein; die Erweiterung des Shops zeigt sie.',
  ],
  STORE_UNREACHABLE: ['Der Shop ist nicht erreichbar', 'Prüfen Sie, dass der Shop läuft und die Exportadresse stimmt.'],
  STORE_UNAVAILABLE: [
    'Der Shop antwortet mit einer Fehlerseite',
    'Nichts, solange es nicht anhält; vielleicht ist der Shop im Wartungsmodus.',
  ],
  STORE_REFUSED: [
    'Der Shop lehnt die Anfrage ab',
    'Prüfen Sie das Webhook-Geheimnis und die Uhr des Shops, und dass seine Erweiterung installiert und eingeschaltet ist.',
  ],
  STORE_ANSWER_INVALID: [
    'Die Antwort des Shops hat nicht die erwartete Form',
    'Aktualisieren Sie die Erweiterung des Shops.',
  ],
  STORE_ANSWER_TOO_LARGE: [
    'Eine Seite des Shops ist schon mit einem Datensatz zu groß',
    'Verkleinern Sie den genannten Datensatz; Bilder und Beschreibungen zählen mit.',
  ],
  EXPORT_UNSUPPORTED: [
    'Der Shop exportiert diese Art von Datensatz nicht',
    'Aktualisieren Sie die Erweiterung des Shops, oder lassen Sie diese Art weg.',
  ],
  SWEEP_SUSPICIOUS: [
    'Dem Shop fehlen mehr Datensätze, als ein Abgleich ungefragt löscht',
    'Sehen Sie im Shop nach. Sollen sie fort sein, beginnen Sie den Abgleich mit einer erlaubten Zahl von Löschungen neu.',
  ],
  SNAPSHOT_INVALID: ['Die Daten haben nicht die erwartete Form', 'Aktualisieren Sie die Erweiterung des Shops.'],
  SNAPSHOT_MISSING: [
    'Ein Datensatz, den dieser braucht, ist weder zugeordnet noch Teil des Ereignisses',
    'Speichern Sie den genannten Datensatz im Shop, damit er gesendet wird; was auf ihn wartet, kommt dann von selbst an.',
  ],
  NEED_REFUSED: [
    'Odoo lehnt einen Datensatz ab, den dieser braucht',
    'Berichtigen Sie den genannten Datensatz im Shop oder in Odoo; was auf ihn wartet, kommt dann von selbst an.',
  ],
  FILE_UNAVAILABLE: [
    'Ein Bild des Shops ist nicht abrufbar',
    'Berichtigen Sie das Bild im Shop, oder lassen Sie den Konnektor darauf zugreifen; alles andere ist in Odoo.',
  ],
  FILE_TOO_LARGE: [
    'Ein Bild des Shops ist zu groß',
    'Setzen Sie im Shop ein kleineres Bild ein, höchstens 5 MiB; alles andere ist in Odoo.',
  ],
  MATCH_REPORTED: [
    'Odoo hat schon so einen Datensatz, und die Einstellungen wollen, dass jemand entscheidet',
    'Ordnen Sie den Datensatz von Hand zu, oder stellen Sie ein, dass solche übernommen oder nicht gesucht werden.',
  ],
  MAPPING_MISSING: ['Odoo hat keinen solchen Datensatz', 'Legen Sie den Datensatz in Odoo an.'],
  CHOICE_MISSING: [
    'Dem Produkt in Odoo fehlt eine Auswahl, die das des Shops hat',
    'Speichern Sie das Produkt im Shop, damit es gesendet wird; was auf es wartet, kommt dann von selbst an.',
  ],
  TAX_UNMAPPED: [
    'Odoo hat keine Steuer wie diese',
    'Legen Sie in Odoo eine Verkaufssteuer mit diesem Satz an, oder geben Sie dem Benutzer des Konnektors das Recht, Steuern anzulegen.',
  ],
  CURRENCY_UNMAPPED: ['Die Währung ist in Odoo nicht aktiv', 'Aktivieren Sie die Währung in Odoo.'],
  CURRENCY_RATE_UNKNOWN: [
    'Der Wechselkurs lässt sich nicht in Odoos Begriffen sagen',
    'Nehmen Sie die Währung der Odoo-Firma unter die Währungen des Shops auf, oder lassen Sie Odoo die Kurse führen (Einstellung).',
  ],
  WAREHOUSE_MISSING: ['Odoo hat kein solches Lager', 'Wählen Sie in den Einstellungen ein Lager oder einen Lagerort.'],
  CARRIER_UNMAPPED: [
    'Odoo hat keine solche Versandart',
    'Legen Sie in Odoo eine Versandart dieses Namens an, oder geben Sie dem Benutzer des Konnektors das Recht dazu.',
  ],
  PAYMENT_UNMAPPED: [
    'Odoo hat kein Journal für diese Zahlungsart',
    'Legen Sie in Odoo ein Bank- oder Kassenjournal dieses Namens an, oder geben Sie dem Benutzer des Konnektors das Recht dazu.',
  ],
  ORDER_NOT_INVOICEABLE: [
    'Der Auftrag soll bezahlt sein, aber Odoo stellt noch keine Rechnung',
    'Liefern Sie ihn in Odoo, lassen Sie seine Produkte nach Bestellung abrechnen, oder ordnen Sie seinen Status „Erledigt“ zu, was zuerst liefert.',
  ],
  DELIVERY_OPEN: [
    'Eine Lieferung ließ sich nicht abschließen',
    'Sehen Sie sich die Lieferung in Odoo an; vielleicht braucht sie eine Los- oder Seriennummer.',
  ],
  INVOICE_PARTLY_SETTLED: [
    'Der Auftrag wurde storniert, seine Rechnung aber von Hand teilweise bezahlt oder gutgeschrieben',
    'Schreiben Sie in Odoo den Rest der Rechnung gut und gleichen Sie ihn aus; dann wird der Auftrag storniert.',
  ],
  ORDER_LOCKED: [
    'Der Auftrag wurde im Shop geändert, nachdem er in Odoo bestätigt war',
    'Ändern Sie den Auftrag in Odoo von Hand, so dass er dem Shop entspricht.',
  ],
  TOTAL_MISMATCH: [
    'Odoos Summe weicht um mehr als Rundung davon ab, was bezahlt wurde',
    'Vergleichen Sie die Zeilen der Abstimmung; meist ist eine Steuer einer mit anderem Satz zugeordnet.',
  ],
  ODOO_UNREACHABLE: ['Odoo ist nicht erreichbar', 'Prüfen Sie, dass Odoo läuft und seine Adresse stimmt.'],
  ODOO_TIMEOUT: [
    'Odoo hat nicht rechtzeitig geantwortet',
    'Nichts, solange es nicht anhält; dann sehen Sie nach Odoo.',
  ],
  ODOO_UNAVAILABLE: ['Odoo antwortet mit einer Fehlerseite', 'Nichts, solange es nicht anhält.'],
  ODOO_RATE_LIMITED: ['Odoo bittet um langsamere Anfragen', 'Nichts; ein langsameres Tempo lässt sich einstellen.'],
  ODOO_BUSY: ['Jemand anderes änderte gerade dieselben Datensätze', 'Nichts; es wird noch einmal versucht.'],
  ODOO_AUTH: [
    'Odoo lehnt den Benutzer oder den Schlüssel ab',
    'Setzen Sie einen gültigen Benutzer und API-Schlüssel für die Verbindung.',
  ],
  ODOO_DATABASE: ['Es gibt keine solche Odoo-Datenbank', 'Stellen Sie die richtige Datenbank ein.'],
  ODOO_ACCESS: ['Dem Odoo-Benutzer fehlt ein Recht', 'Geben Sie dem Benutzer des Konnektors das genannte Recht.'],
  ODOO_MODEL_UNKNOWN: ['Odoo fehlt ein Modell oder eine Methode', 'Installieren Sie die Odoo-App, die es mitbringt.'],
  ODOO_FIELD_UNKNOWN: ['Odoo fehlt ein Feld', 'Installieren Sie die App, die es mitbringt, oder melden Sie es uns.'],
  ODOO_REFUSED: ['Odoo lehnt den Datensatz ab', 'Berichtigen Sie den Datensatz im Shop oder die Regel in Odoo.'],
  ODOO_RECORD_GONE: ['Der Datensatz wurde in Odoo gelöscht', 'Er wird bei der nächsten Synchronisation neu angelegt.'],
  ODOO_FAULT: [
    'Odoo ist auf unvorhergesehene Weise gescheitert',
    'Sehen Sie in Odoos eigenes Protokoll zu dieser Zeit.',
  ],
  LANE_BUSY: [
    'Andere sprechen gerade mit diesem Odoo',
    'Was ansteht, wartet, bis es an der Reihe ist. Was Sie selbst wollten, ist nicht geschehen: noch einmal in einer Minute.',
  ],
  LANE_LOST: ['Der Platz in der Reihe zu Odoo ging unterwegs verloren', 'Nichts; es wird noch einmal versucht.'],
};

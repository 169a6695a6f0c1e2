"""What other systems call the state of an invoice, the kind of a document and the kind of a customer."""

from __future__ import annotations

_STATUS = {
    "open": "open unpaid outstanding overdue due sent authorised authorized awaiting_payment approved submitted viewed posted issued past_due"
    " not_paid partial partially_paid part_paid part-paid in_payment active unsettled late current offen fällig überfällig gesendet teilbezahlt"
    " versendet unbezahlt nicht_bezahlt mahnung gemahnt impayée impayé impayee ouverte ouvert en_attente envoyée envoyé émise validée en_retard"
    " échue partiellement_payée non_payée à_payer pendiente pendiente_de_pago abierta abierto vencida vencido emitida enviada impagada impagado"
    " parcial parcialmente_pagada no_pagada i no n false unpaid_overdue finalized",
    "paid": "paid settled closed paid_in_full fully_paid complete completed cleared reconciled collected bezahlt beglichen ausgeglichen erledigt"
    " vollständig_bezahlt geschlossen payée payé payee réglée réglé soldée soldé acquittée encaissée pagada pagado cobrada cobrado liquidada"
    " saldada cerrada yes y true",
    "draft": "draft entwurf brouillon borrador pending_approval unsent q o quote quotation order proforma pro_forma angebot auftrag devis presupuesto",
    "void": "void voided cancelled canceled deleted reversed storniert storno annulliert gelöscht annulée annulé annulee anulada anulado cancelada"
    " supprimée",
    "written_off": "written_off write_off writeoff uncollectible bad_debt abgeschrieben ausgebucht irrécouvrable incobrable",
    "disputed": "disputed in_dispute dispute strittig bestritten en_litige contestée contesté litige disputada en_disputa reclamada",
}
_DOCUMENT = {
    "invoice": "invoice accrec inv sales_invoice salesinvoice bill sale out_invoice customer_invoice rechnung faktura re rg facture fact factura fra dr rv"
    " tax_invoice si charge debit_note r ar_invoice standard",
    "credit_note": "credit_note creditnote credit_memo creditmemo credit accreccredit cn cm out_refund sales_credit_note customer_credit_note"
    " gutschrift gu stornorechnung avoir av note_de_crédit note_de_credit abono nota_de_crédito nota_de_credito rectificativa dg cr sc",
    "payment": "payment receipt customer_payment pmt zahlung zahlungseingang paiement règlement encaissement pago cobro dz deposit arreceipt receive_payment",
    "other": "journal_entry journal general_journal order quote estimate sales_order purchase bill_payment accpay accpaycredit",
}
_KIND = {
    "company": "company business b2b firm corporate corporation organisation organization commercial trade firma unternehmen geschäftskunde"
    " gewerblich entreprise société societe professionnel empresa sociedad juridica jurídica moral b c",
    "person": "person individual b2c consumer private residential personal household retail privat privatperson privatkunde particulier"
    " personne particular persona fisica física autónomo p i",
}


def _table(groups: dict[str, str]) -> dict[str, str]:
    return {
        word.replace("_", joint): name
        for name, words in groups.items()
        for word in words.split()
        for joint in (" ", "_")
    }


STATUSES: dict[str, str] = _table(_STATUS)
DOCUMENTS: dict[str, str] = _table(_DOCUMENT)
KINDS: dict[str, str] = _table(_KIND)
SKIPPED = ("draft", "void", "written_off")

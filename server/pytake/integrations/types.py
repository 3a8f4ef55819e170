"""Words of integrations."""

from enum import StrEnum


class IntegrationType(StrEnum):
    WEBHOOK = "webhook"
    ZAPIER = "zapier"
    SHOPIFY = "shopify"
    WOOCOMMERCE = "woocommerce"
    HUBSPOT = "hubspot"
    SALESFORCE = "salesforce"
    GOOGLE_SHEETS = "google_sheets"
    CUSTOM_API = "custom_api"

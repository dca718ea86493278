namespace CrmSync.Leads.Aliases;

/// <summary>Industries in Danish and English, with HubSpot's and Salesforce's own values.</summary>
internal static class Industries
{
    internal static IReadOnlyList<AliasEntry> All { get; } = AliasEntry.ParseTable("""
        software | software | software | COMPUTER_SOFTWARE, Softwareudvikling, Software development, SaaS, INFORMATION_TECHNOLOGY_AND_SERVICES, it, IT services, it-services, it-konsulenter, Information technology, INTERNET, Technology, Teknologi
        machinery | maskinindustri | machinery | MACHINERY, Maskiner, Machine industry, Maskinfabrik, Maskinproduktion, MECHANICAL_OR_INDUSTRIAL_ENGINEERING, INDUSTRIAL_AUTOMATION, Industrial machinery
        electronics | elektronikindustri | electronics | ELECTRICAL_ELECTRONIC_MANUFACTURING, Electrical/Electronic Manufacturing, CONSUMER_ELECTRONICS, SEMICONDUCTORS, Elektronik, Electronics manufacturing
        metal | metalindustri | metal industry | MINING_METALS, Mining & Metals, Metal, Metals, Metalvarer, Metal works, Stålindustri, Steel, Smedje, Fabricated metal
        food | fødevareindustri | food industry | FOOD_PRODUCTION, FOOD_BEVERAGES, Food & Beverage, Food & Beverages, Food production, Fødevarer, Fødevareproduktion, Food, DAIRY, Mejeri
        retail | detailhandel | retail | RETAIL, Butik
        construction | byggeri | construction | CONSTRUCTION, Bygge og anlæg, BUILDING_MATERIALS
        consulting | konsulentvirksomhed | consulting | MANAGEMENT_CONSULTING, Rådgivning, Consultancy
        finance | finans | finance | FINANCIAL_SERVICES, BANKING, Bank, INSURANCE, Forsikring
        healthcare | sundhed | healthcare | HOSPITAL_HEALTH_CARE, Sundhedsvæsen, HEALTH_WELLNESS_AND_FITNESS, Medical
        education | uddannelse | education | HIGHER_EDUCATION, EDUCATION_MANAGEMENT, PRIMARY_SECONDARY_EDUCATION, Undervisning
        public | offentlig sektor | public sector | GOVERNMENT_ADMINISTRATION, Government, Kommune, Stat
        transport | transport | transport | LOGISTICS_AND_SUPPLY_CHAIN, Logistik, Logistics, TRANSPORTATION_TRUCKING_RAILROAD, Transportation, Shipping
        agriculture | landbrug | agriculture | FARMING, Agriculture & Farming
        pharma | medicinalindustri | pharmaceuticals | PHARMACEUTICALS, Farma, BIOTECHNOLOGY
        hospitality | hotel og restauration | hospitality | HOSPITALITY, RESTAURANTS, Restaurant, Hotel
        real-estate | ejendomme | real estate | REAL_ESTATE, Ejendom
        marketing | marketing | marketing | MARKETING_AND_ADVERTISING, Reklame, Advertising
        energy | energi | energy | OIL_ENERGY, RENEWABLES_ENVIRONMENT, UTILITIES, Forsyning
        """);
}

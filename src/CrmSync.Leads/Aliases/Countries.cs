namespace CrmSync.Leads.Aliases;

/// <summary>Countries by their ISO 3166 code.</summary>
internal static class Countries
{
    internal static IReadOnlyList<AliasEntry> All { get; } = AliasEntry.ParseTable("""
        DK | Danmark | Denmark | DNK, Dänemark, Kingdom of Denmark, Dansk
        SE | Sverige | Sweden | SWE, Schweden, Ruotsi
        NO | Norge | Norway | NOR, Norwegen, Noreg
        FI | Finland | Finland | FIN, Suomi, Finnland
        IS | Island | Iceland | ISL, Ísland
        DE | Tyskland | Germany | DEU, Deutschland, Federal Republic of Germany
        FO | Færøerne | Faroe Islands | FRO, Føroyar
        GL | Grønland | Greenland | GRL, Kalaallit Nunaat
        NL | Nederlandene | Netherlands | NLD, Holland, The Netherlands, Nederland
        BE | Belgien | Belgium | BEL, Belgique, België
        LU | Luxembourg | Luxembourg | LUX, Luxemburg
        FR | Frankrig | France | FRA, Frankreich
        GB | Storbritannien | United Kingdom | UK, GBR, Great Britain, England, Scotland, Wales
        IE | Irland | Ireland | IRL, Éire
        ES | Spanien | Spain | ESP, España
        PT | Portugal | Portugal | PRT
        IT | Italien | Italy | ITA, Italia
        AT | Østrig | Austria | AUT, Österreich
        CH | Schweiz | Switzerland | CHE, Suisse, Svizzera
        PL | Polen | Poland | POL, Polska
        CZ | Tjekkiet | Czechia | CZE, Czech Republic
        EE | Estland | Estonia | EST, Eesti
        LV | Letland | Latvia | LVA, Latvija
        LT | Litauen | Lithuania | LTU, Lietuva
        US | USA | United States | USA, United States of America, America
        CA | Canada | Canada | CAN
        IN | Indien | India | IND
        CN | Kina | China | CHN
        AU | Australien | Australia | AUS
        """);
}

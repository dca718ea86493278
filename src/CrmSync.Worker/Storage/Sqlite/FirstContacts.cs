namespace CrmSync.Worker.Storage.Sqlite;

/// <summary>When somebody first tried to reach the person of an offer, as the CRM told: the first that was seen stays.</summary>
internal static class FirstContacts
{
    private const string Insert = "INSERT INTO first_contacts(lead_key, episode, at) VALUES(?1, ?2, ?3) ON CONFLICT DO NOTHING";
    private const string Select = "SELECT at FROM first_contacts WHERE lead_key = ?1 AND episode = ?2";

    public static void Save(Session session, string leadKey, FirstContact contact)
    {
        if (session.Execute(Insert, leadKey, contact.Episode, contact.At) > 0)
            EpisodeRollUpTable.SaveContact(session, leadKey, contact.Episode, contact.At);
    }

    public static DateTimeOffset? Of(Session session, string leadKey, int episode)
    {
        using var rows = session.Query(Select, leadKey, episode);
        return rows.Next() ? rows.Instant(0) : null;
    }
}

using CrmSync.Chaos.Checker.History;
using static CrmSync.Chaos.SelfTest.Broken;

namespace CrmSync.Chaos.SelfTest;

/// <summary>Words and wishes that a write of ours went over unseen. It moves no stage: carl is sent back, and offered again, where he stands.</summary>
internal static class BreaksOfWords
{
    public static IEnumerable<Break> All =>
    [
        new("an answer that an offer emptied comes to nothing, and no stage moved", "people-win", h => Emptied(h, "reject_no_need")),
        new("an answer that an offer emptied is decided as another one", "people-win", h => Followed(Emptied(h, "reject_no_need")), "steps-follow"),
        new("an answer under the one that we put back comes to nothing", "people-win", h => UnderOurs(h, "accept")),
        new("somebody else's answer under the one that we put back is told as another one", "people-win", h => Told(UnderOurs(h, "accept", "person:rep-2"), "Return: data missing")),
        new("whose answer we put back is told that their own later one comes too late", "people-win", h => Told(UnderOurs(h, "accept"), "Accept: I will follow up")),
        new("a lead is sent back beside a word that nobody read", "people-win", h =>
        {
            var (id, line) = (h.IdOf("carl"), h.LineOf(h.Applied("carl", "Returned")));
            return h.Seen(id, line, h.AnswerAfter(id, line)).Before(line, Foreign(id, CrmFields.Answer, "return", "accept"));
        }),
        new("who was decided on changes their word twice, and nothing comes of it", "people-win", h => Twice(h, "reject_no_need", "person:rep-1")),
        new("where no history is kept, an answer is gone although an event told what the offer emptied", "people-win", h => Emptied(OfferTold(Undated(h), Offer(h)), "reject_no_need")),
        new("where no history is kept, the offer was taken back before an event told of the answer, and nobody says so", "people-win", h => Emptied(TakenBack(Undated(h)), "reject_no_need"), "steps-follow", "effects-audited", "stage-at-rest"),
        new("who was decided on takes the lead days later, and nothing comes of it", "people-win", h => DecidedEarlier(Twice(h, "take", "person:rep-1"), TimeSpan.FromHours(25)), "steps-follow", "effects-audited"),
        new("who was decided on changes their word within a day, and nothing comes of it", "people-win", h => DecidedEarlier(Twice(h, "reject_no_need", "person:rep-1"), TimeSpan.FromHours(2)), "steps-follow", "effects-audited"),
        new("where no history is kept, a wish is gone although an event told at once what the offer emptied", "people-win", h => Wish(OfferTold(Undated(h), Offer(h)), "hold")),
        new("where no history is kept, another word than the one that is decided stands beside that, and nothing comes of it", "people-win", h => SaidAgain(h, "reject_no_need"), "within-share"),
        new("marketing's wish is emptied unseen", "people-win", h => Wish(h, "hold")),
        new("marketing's wish is given back as another one", "people-win", h => GivenBack(Wish(h, "hold"), "send")),
    ];

    /// <summary>Histories in which the same was made right.</summary>
    public static IReadOnlyDictionary<string, Func<RunHistory, RunHistory>> MadeRight { get; } = new Dictionary<string, Func<RunHistory, RunHistory>>
    {
        ["an answer that an offer emptied is followed"] = h => Followed(Emptied(h, "accept")),
        ["an offer that emptied an answer is listed as a conflict"] = h => Emptied(h, "reject_no_need").WithRow(h.Applied("carl", "AwaitingDecision"), r => r with { Kind = "Conflict" }),
        ["who gave the answer gives another at once"] = h => Emptied(h.After(Offer(h), Foreign(h.IdOf("carl"), CrmFields.Answer, null, "accept")), "reject_no_need"),
        ["the record goes at once"] = h => Emptied(h.After(Offer(h), Foreign(h.IdOf("carl"), "archived", null, "true")), "reject_no_need"),
        ["somebody else's answer under the one that we put back is told to come too late"] = h => Told(UnderOurs(h, "accept", "person:rep-2"), "Accept: I will follow up"),
        ["somebody else says something else, and then what is decided"] = h => Twice(h, "reject_no_need", "person:rep-2"),
        ["an answer without its reason leads to nothing"] = h => Emptied(h, "reject_other"),
        ["where no history is kept, no event told what the offer emptied"] = h => Emptied(Undated(h), "reject_no_need"),
        ["where no history is kept, the offer was taken back before an event told of the answer, and that is explained"] = h => Told(Emptied(TakenBack(Undated(h)), "reject_no_need"), "Reject: no need", Back),
        ["where no history is kept, sales went on with the lead before an event told of the answer"] = h => Emptied(TakenBack(Undated(h), "superseded"), "reject_no_need"),
        ["sales had decided more than a day before they changed their word"] = h => DecidedEarlier(Twice(h, "reject_no_need", "person:rep-1"), TimeSpan.FromHours(25)),
        ["where no history is kept, the word that is decided is said again behind another"] = h => SaidAgain(h, "accept"),
        ["sales had decided more than a day before they changed their word, and the stage moved on meanwhile"] = h => MovedOn(DecidedEarlier(Twice(h, "reject_no_need", "person:rep-1"), TimeSpan.FromHours(25))),
        ["a merge brought the answer, which was one to another record's offer"] = h => Emptied(h, "reject_no_need", path: "merge"),
        ["a wish is given back"] = h => GivenBack(Wish(h, "hold"), "hold"),
        ["a wish is given back to a record that has gone meanwhile"] = h => Tried(Wish(h, "hold")),
        ["where no history is kept, sales answered before an event told of the wish"] = h => Wish(OfferTold(Undated(h), h.LineOf(h.Applied("carl", "Accepted"))), "hold"),
        ["where no history is kept, the lead became another record before an event told of the wish"] = h => Wish(Became(Undated(h)), "hold"),
        ["an offer does what was wished"] = h => Wish(h, "send"),
    };

    /// <summary>Carl's return is decided on; somebody else gives another word, and then that one, while our write is on its way.</summary>
    private static RunHistory Twice(RunHistory h, string word, string by)
    {
        var (id, line) = (h.IdOf("carl"), h.LineOf(h.Applied("carl", "Returned")));
        return h.Seen(id, line, h.AnswerAfter(id, line)).Before(line, By(Foreign(id, CrmFields.Answer, "return", "accept"), by), By(Foreign(id, CrmFields.Answer, "accept", word), by));
    }

    /// <summary>Anna's acceptance is decided on, nobody knows whose it was; while our write is on its way we see another word, and then this one is given. The write's event tells of it.</summary>
    private static RunHistory SaidAgain(RunHistory h, string word)
    {
        var (id, row) = (h.IdOf("anna"), h.Applied("anna", "Accepted"));
        var said = Undated(h).WithRow(h.Store.Audit.First(r => r.Kind == "Decided" && r.TransitionId == row.TransitionId), r => r with { Actor = "unknown" })
            .Before(h.LineOf(row), Foreign(id, CrmFields.Answer, "accept", "return"), Read(id), Foreign(id, CrmFields.Answer, "return", word));
        return said.After(said.LineOf(row), new LogLine { Kind = "webhook", Status = 200, About = new(CrmFields.People, id, "change", said.LineOf(row).At, "api:static") });
    }

    private static LogLine Offer(RunHistory h) => h.LineOf(h.Applied("carl", "AwaitingDecision"));

    /// <summary>The event of carl's offer comes behind this line.</summary>
    private static RunHistory OfferTold(RunHistory h, LogLine behind) =>
        h.After(behind, new LogLine { Kind = "webhook", Status = 200, About = new(CrmFields.People, h.IdOf("carl"), "change", Offer(h).At, "api:static") });

    /// <summary>Sales makes a deal of carl right after the offer, and its event comes behind that.</summary>
    private static RunHistory Became(RunHistory h)
    {
        var became = h.After(Offer(h), Foreign(h.IdOf("carl"), CrmFields.Became, null, "7"));
        return OfferTold(became, became.Log.First(l => l.N > Offer(became).N));
    }

    /// <summary>We take carl's offer back, or show how else it ended, and only then its event comes.</summary>
    private static RunHistory TakenBack(RunHistory h, string? shown = null)
    {
        var back = h.After(Offer(h), By(Foreign(h.IdOf("carl"), CrmFields.Handover, "waiting", shown), "api:static"));
        return OfferTold(back, Back(back));
    }

    private static LogLine Back(RunHistory h) => h.Log.First(l => l.N > Offer(h).N);

    /// <summary>Carl's return was decided on so long before.</summary>
    private static RunHistory DecidedEarlier(RunHistory h, TimeSpan by) => h.WithRow(
        h.Store.Audit.First(r => r.Kind == "Decided" && r.TransitionId == h.Applied("carl", "Returned").TransitionId), r => r with { At = (Instant.Of(r.At!) - by).ToString("O") });

    /// <summary>Somebody moved carl's stage right behind his return, and what was decided stands.</summary>
    private static RunHistory MovedOn(RunHistory h)
    {
        var decided = h.Store.Audit.First(r => r.Kind == "Decided" && r.TransitionId == h.Applied("carl", "Returned").TransitionId);
        return h.WithAudit(rows => rows.SelectMany(r => r.Sequence == decided.Sequence ? [r, r with { Kind = "Observed", TransitionId = null }] : new[] { r }));
    }

    private static RunHistory Undated(RunHistory h) => h with { Facts = h.Facts with { WithoutHistory = new HashSet<string> { CrmFields.People } } };

    /// <summary>In place of the answer on which carl is offered again the offer empties this one, which nobody has read.</summary>
    private static RunHistory Emptied(RunHistory h, string word, string? path = null)
    {
        var (id, offer) = (h.IdOf("carl"), Offer(h));
        return h.Seen(id, offer, h.AnswerAfter(id, offer)).WithLine(offer, l => l with { Effects = [.. l.Effects.Select(c => c.Id == id && c.Field == CrmFields.Answer ? c with { Before = word } : c)] })
            .Before(offer, Foreign(id, CrmFields.Answer, "return", word) with { Path = path });
    }

    /// <summary>Carl is accepted by an answer that is dated by the offer.</summary>
    private static RunHistory Followed(RunHistory h)
    {
        var (offered, accepted) = (Decided("AwaitingDecision"), Decided("Accepted"));
        return h.WithRow(accepted, r => r with { At = offered.At });

        AuditRow Decided(string state) => h.Store.Audit.First(r => r.Kind == "Decided" && r.TransitionId == h.Applied("carl", state).TransitionId);
    }

    private static RunHistory UnderOurs(RunHistory h, string word, string by = "person:rep-1")
    {
        var (id, line) = (h.IdOf("carl"), h.LineOf(h.Applied("carl", "Returned")));
        return h.Seen(id, line, h.AnswerAfter(id, line)).WithLine(line, l => l with { Effects = [.. l.Effects, Our(CrmFields.People, id, CrmFields.Answer, word, "return")] })
            .Before(line, By(Foreign(id, CrmFields.Answer, "return", word), by));
    }

    private static LogLine By(LogLine act, string person) => act with { Effects = [.. act.Effects.Select(e => e with { Actor = person })] };

    /// <summary>A note on carl that names an option, with our next write to his record.</summary>
    private static RunHistory Told(RunHistory h, string option, Func<RunHistory, LogLine>? write = null) => h.WithLine((write ?? Offer)(h), l => l with
    {
        Effects =
        [
            .. l.Effects,
            Our(CrmFields.Notes, "999", CrmFields.Id, null, "999"),
            Our(CrmFields.Notes, "999", CrmFields.Key, null, "note/0123456789abcdef"),
            Our(CrmFields.Notes, "999", CrmFields.NoteBody, null, $"This lead is not waiting for an answer, so \"{option}\" changes nothing."),
            Our(CrmFields.Notes, "999", "association:contacts", null, h.IdOf("carl")),
        ],
    });

    private static RunHistory Wish(RunHistory h, string wish)
    {
        var (id, offer) = (h.IdOf("carl"), Offer(h));
        return h.WithLine(offer, l => l with { Effects = [.. l.Effects, Our(CrmFields.People, id, CrmFields.Request, wish, null)] }).Before(offer, Foreign(id, CrmFields.Request, "dispute", wish));
    }

    private static RunHistory Tried(RunHistory h)
    {
        var offer = h.Applied("carl", "AwaitingDecision").TransitionId;
        var tried = h.Store.Audit.First(r => r.Kind == "Decided" && r.TransitionId == offer) with { TransitionId = "0123456789abcdef", Episode = null, HandoverState = null, Actor = "person:1" };
        return h.WithAudit(rows => [.. rows, tried, tried with { Kind = "Gone" }])
            .With(s => s with { Intents = [.. s.Intents, new(tried.TransitionId!, "write", "gone", tried.At!, tried.At, null, h.IdOf("carl"))] });
    }

    /// <summary>With carl's acceptance, which is our next write to his record.</summary>
    private static RunHistory GivenBack(RunHistory h, string wish) => h.WithLine(h.LineOf(h.Applied("carl", "Accepted")),
        l => l with { Effects = [.. l.Effects, Our(CrmFields.People, h.IdOf("carl"), CrmFields.Request, null, wish)] });
}

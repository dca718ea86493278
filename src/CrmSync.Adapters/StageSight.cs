namespace CrmSync.Adapters;

/// <summary>
/// A stage field that was there and is not to be seen any more. To read on would be to take every stage for an emptied one, and end
/// every hand-over for it.
/// </summary>
internal static class StageSight
{
    private const string Repair = "Let the CrmSync user see the stage field again, or give it back its name; until then nothing of this connection is read.";

    /// <param name="known">The stages that the field was last seen with; before set-up there are none, and nothing to be lost.</param>
    public static ProblemReach ReachOf(StageMap known) => known.IsEmpty ? ProblemReach.Writing : ProblemReach.Everything;

    /// <exception cref="CrmException">The field was known and is gone.</exception>
    public static void Require(bool isSeen, StageMap known, string vendor)
    {
        if (!isSeen && !known.IsEmpty)
            throw new CrmException(CrmFailure.Refused, $"{vendor} does not show the stage field any more.") { Repair = Repair };
    }
}

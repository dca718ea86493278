namespace CrmSync.Leads.Facts;

/// <summary>Everything known of one lead at one reading. Immutable; what nobody filled in is unknown.</summary>
public sealed class LeadFacts
{
    private readonly FactValue[] _values;

    private LeadFacts(FactCatalogue catalogue, FactValue[] values) => (Catalogue, _values) = (catalogue, values);

    public FactCatalogue Catalogue { get; }

    /// <summary>The value in a slot of <see cref="Catalogue"/>.</summary>
    public ref readonly FactValue this[int slot] => ref _values[slot];

    /// <summary>The value of a fact; unknown for a name the catalogue does not have.</summary>
    public FactValue this[string name] => Catalogue.SlotOf(name) is >= 0 and var slot ? _values[slot] : FactValue.Unknown;

    /// <summary>
    /// These facts under another catalogue, so that its slots apply. A fact that it lacks, or types otherwise, is left out;
    /// a fact that only it has is unknown.
    /// </summary>
    public LeadFacts In(FactCatalogue catalogue)
    {
        if (ReferenceEquals(catalogue, Catalogue))
            return this;
        var values = new FactValue[catalogue.Definitions.Count];
        for (var slot = 0; slot < values.Length; slot++)
        {
            var value = this[catalogue.Definitions[slot].Name];
            if (value.IsKnown && value.Type == catalogue.Definitions[slot].Type)
                values[slot] = value;
        }
        return new LeadFacts(catalogue, values);
    }

    /// <summary>These facts with one value replaced.</summary>
    public LeadFacts With(string name, FactValue value) => new Builder(this).Set(name, value).Build();

    /// <summary>Gathers facts; one builder makes one <see cref="LeadFacts"/>.</summary>
    public sealed class Builder
    {
        private readonly FactCatalogue _catalogue;
        private FactValue[] _values;
        private bool _isBuilt;

        public Builder(FactCatalogue catalogue) => (_catalogue, _values) = (catalogue, new FactValue[catalogue.Definitions.Count]);

        public Builder(LeadFacts start) => (_catalogue, _values) = (start.Catalogue, [.. start._values]);

        /// <summary>Sets a fact.</summary>
        /// <exception cref="ArgumentException">The catalogue has no such fact, or its type is another.</exception>
        public Builder Set(string name, FactValue value)
        {
            var slot = _catalogue.SlotOf(name);
            if (slot < 0)
                throw new ArgumentException($"No fact is named '{name}'.", nameof(name));
            return Set(slot, value);
        }

        /// <summary>Sets the fact in a slot of the catalogue.</summary>
        /// <exception cref="ArgumentException">The fact is of another type.</exception>
        public Builder Set(int slot, FactValue value)
        {
            if (value.IsKnown && _catalogue.Definitions[slot] is var definition && value.Type != definition.Type)
                throw new ArgumentException($"The fact '{definition.Name}' holds {definition.Type}, not {value.Type}.", nameof(value));
            // What has been built stays as it is.
            if (_isBuilt)
                (_values, _isBuilt) = ([.. _values], false);
            _values[slot] = value;
            return this;
        }

        public LeadFacts Build()
        {
            _isBuilt = true;
            return new(_catalogue, _values);
        }
    }
}

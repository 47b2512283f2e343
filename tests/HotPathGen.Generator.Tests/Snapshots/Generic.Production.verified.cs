//// /src/Sample.cs
public class Box<TKey> where TKey : notnull
{
    [Instrument]
    public TValue? Open<TValue, TDisposable, TNumber>(TKey key, scoped TDisposable guard, TNumber number)
        where TValue : class, IEnumerable<TKey>?, new()
        where TDisposable : IDisposable, allows ref struct
        where TNumber : unmanaged, IComparable<TNumber> => null;
}


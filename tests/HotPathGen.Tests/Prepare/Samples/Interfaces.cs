using System;
using System.Collections;
using System.Collections.Generic;
using HotPathGen;

internal interface IDefault<out T>
{
    string Name() { return "default " + Secret(); }

    static string Static() { return "static"; }

    private string Secret() { return "secret"; }

    static virtual int Virtual() { return 1; }

    static abstract int Abstract();

    int Property { get { return Name().Length; } }

    int Arrow => Name().Length + 1;

    event Action Event { add { value(); } remove { value(); } }

    T Generic<U>(U value) where U : notnull;

    sealed string Sealed() { return "sealed " + Name(); }
}

internal interface INext : IDefault<string>
{
    string IDefault<string>.Name() { return "next"; }

    static int IDefault<string>.Virtual() { return 2; }
}

internal sealed class Implementation : INext, IEnumerable<int>, IDisposable, IComparable
{
    static int IDefault<string>.Abstract() { return 3; }

    string IDefault<string>.Generic<U>(U value) { return $"{value} {typeof(U).Name}"; }

    IEnumerator<int> IEnumerable<int>.GetEnumerator() { yield return 1; yield return 2; }

    IEnumerator IEnumerable.GetEnumerator() { return ((IEnumerable<int>)this).GetEnumerator(); }

    void IDisposable.Dispose() { GC.SuppressFinalize(this); }

    int IComparable.CompareTo(object? other) => other is null ? 1 : 0;

    public static string Of<T>() where T : IDefault<string> { return $"{T.Virtual()} {T.Abstract()}"; }
}

internal struct Enumerable
{
    public Enumerator GetEnumerator() { return new Enumerator(); }

    public struct Enumerator
    {
        private int _at;

        public readonly int Current { get { return _at * Math.Abs(-1); } }

        public bool MoveNext() { return ++_at < 4; }

        public void Dispose() { _at = int.Parse("0"); }
    }
}

internal static class Sample
{
    public static string Run()
    {
        INext next = new Implementation();
        IDefault<string> first = next;
        first.Event += () => { };
        first.Event -= () => { };
        int sum = 0;
        foreach (int n in new Enumerable()) sum += n;
        foreach (int n in (IEnumerable<int>)next) sum += n;
        using ((IDisposable)next) { }
        return $"{first.Name()} {IDefault<string>.Static()} {first.Property} {first.Arrow} {first.Generic(3)} {first.Sealed()} {Implementation.Of<Implementation>()} {sum} {((IComparable)next).CompareTo(null)}";
    }
}

using System;

internal struct Money : IEquatable<Money>
{
    public long Cents;

    public static Money operator +(Money a, Money b) { return new Money { Cents = a.Cents + b.Cents }; }

    public static Money operator checked +(Money a, Money b) { checked { return new Money { Cents = a.Cents + b.Cents }; } }

    public static Money operator -(Money a) => new() { Cents = -a.Cents };

    public static Money operator checked -(Money a) => new() { Cents = checked(-a.Cents) };

    public static Money operator ++(Money a) { a.Cents += 100; return a; }

    public static bool operator ==(Money a, Money b) { return a.Cents == b.Cents; }

    public static bool operator !=(Money a, Money b) => !(a == b);

    public static bool operator true(Money a) { return a.Cents != 0; }

    public static bool operator false(Money a) => a.Cents == 0;

    public static Money operator >>>(Money a, int by) => new() { Cents = a.Cents >>> by };

    public static implicit operator Money(long cents) { return new Money { Cents = cents }; }

    public static explicit operator int(Money money) { return unchecked((int)money.Cents); }

    public static explicit operator checked int(Money money) => checked((int)money.Cents);

    public static explicit operator (long, int)(Money money) { return (money.Cents / 100, (int)(money.Cents % 100)); }

    public void operator +=(int amount) { Cents += amount; }

    public void operator checked +=(int amount) => Cents = checked(Cents + amount);

    public void operator ++() { Cents += 1000; if (Cents < 0) { return; } }

    public void operator checked ++() { Cents += 1000; }

    public readonly bool Equals(Money other) => other == this;

    public readonly override bool Equals(object? other) => other is Money money && Equals(money);

    public readonly override int GetHashCode() { return Cents.GetHashCode(); }
}

internal interface IAdds<TSelf> where TSelf : IAdds<TSelf>
{
    static abstract TSelf operator +(TSelf a, TSelf b);

    static virtual TSelf operator -(TSelf a, TSelf b) { return a + b; }
}

internal sealed class Adder : IAdds<Adder>
{
    public int N;

    static Adder IAdds<Adder>.operator +(Adder a, Adder b) { return new Adder { N = a.N + b.N }; }

    public static T Both<T>(T a, T b) where T : IAdds<T> => a + b - b;
}

internal static class Sample
{
    public static string Run()
    {
        Money a = 5, b = 7;
        Money sum = a + b;
        sum += 3;
        sum++;
        checked { sum += 4; sum++; sum = sum + a; }
        (long whole, int rest) = ((long, int))sum;
        string failed = "";
        try { _ = checked((int)new Money { Cents = long.MaxValue }); } catch (OverflowException) { failed = "overflow"; }
        try { _ = checked(-new Money { Cents = long.MinValue }); } catch (OverflowException) { failed += "again"; }
        return $"{sum.Cents} {(-sum).Cents} {a == b} {a != b} {(a ? 1 : 0)} {(sum >>> 1).Cents} {(int)sum} {whole} {rest} {failed} {a.Equals((object)b)} {a.GetHashCode()} {Adder.Both(new Adder { N = 1 }, new Adder { N = 2 }).N}";
    }
}

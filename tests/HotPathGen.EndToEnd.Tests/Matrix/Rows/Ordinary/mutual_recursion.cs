// attribute: IsEven=4:pair IsOdd=3:pair

namespace Rows.Ordinary.mutual_recursion;

public static class Sample
{
    [Instrument] static bool IsEven(int n) => n == 0 || IsOdd(n - 1);

    [Instrument] static bool IsOdd(int n) => n != 0 && IsEven(n - 1);

    public static string Run() => IsEven(6).ToString();
}

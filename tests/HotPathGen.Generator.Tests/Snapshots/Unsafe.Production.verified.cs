//// /src/Sample.cs
public unsafe class Raw
{
    [Instrument] public static int* Next(int* at, delegate* unmanaged[Cdecl]<int, void> call, List<byte*[]> all) => at + 1;
}


"""What a stock Raspberry Pi OS needs on its boot partition to make itself a station at its first start."""

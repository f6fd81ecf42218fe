-- The household ledger: what each household got, for each livelihood and month. Kept when a fact is written.

CREATE TABLE income_household (
    village TEXT NOT NULL,
    household TEXT NOT NULL,
    livelihood TEXT NOT NULL,
    ym BIGINT NOT NULL,
    hamlet TEXT NOT NULL,  -- where it lived when it got it
    cash BIGINT NOT NULL,  -- rupiah
    used BIGINT NOT NULL,  -- rupiah; value of what was used at home
    cost BIGINT NOT NULL,  -- rupiah
    PRIMARY KEY (village, household, livelihood, ym, hamlet)
);

CREATE TABLE income_hamlet (
    village TEXT NOT NULL,
    hamlet TEXT NOT NULL,
    livelihood TEXT NOT NULL,
    ym BIGINT NOT NULL,
    cash BIGINT NOT NULL,
    used BIGINT NOT NULL,
    cost BIGINT NOT NULL,
    PRIMARY KEY (village, hamlet, livelihood, ym)
);

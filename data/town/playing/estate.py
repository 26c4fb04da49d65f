"""Act what befalls the property: recorded orders and liens, a sale, a bankruptcy, a release."""

from cases import blocking, liens, recording, releasing, transferring
from cases.blocking import BlockKind
from cases.disclosure import Disclosure
from cases.instruments import Recording
from cases.transferring import Sale
from data.town.people import person
from data.town.playing.scene import Act, Scene
from data.town.playing.turns import Turn

FIRST_BOOK, PAGES = 4312, 1990


def record_order(scene: Scene) -> None:
    """Record the order, so that it binds whoever buys the property."""
    recording.record_order(
        scene.connection, order_id=scene.order_id, recording=_instrument(scene), **scene.clerk
    )


def acknowledge(scene: Scene) -> None:
    """Acknowledge on record that a recorded order was met."""
    recording.acknowledge(
        scene.connection, order_id=scene.order_id, recording=_instrument(scene), **scene.clerk
    )


def record_lien(scene: Scene) -> None:
    """Record the lien for the certified fine."""
    scene.lien_id = liens.record_lien(
        scene.connection, order_id=scene.order_id, recording=_instrument(scene), **scene.clerk
    )
    claimed = "bears" if scene.part.homestead else "bears no"
    liens.state_homestead(
        scene.connection, lien_id=scene.lien_id, homestead=scene.part.homestead,
        evidence=f"The assessor's roll {claimed} homestead exemption", **scene.clerk,
    )  # fmt: skip


def satisfy(scene: Scene) -> None:
    """Record that the lien is paid."""
    liens.satisfy(
        scene.connection, lien_id=scene.lien_id, instrument_no=_instrument(scene).instrument_no,
        **scene.clerk,
    )  # fmt: skip
    scene.lien_id = 0


def release_in_part(scene: Scene) -> None:
    """Let a part of the property go free."""
    releasing.release_in_part(
        scene.connection, lien_id=scene.lien_id, parcel_id=None,
        description="The north ten feet, dedicated to the Town", recording=_instrument(scene),
        reason="Needed for the sidewalk", **scene.manager,
    )  # fmt: skip


def release(scene: Scene) -> None:
    """Release the lien for less than it is, as the commission resolved."""
    releasing.release(
        scene.connection, lien_id=scene.lien_id, instrument_no=_instrument(scene).instrument_no,
        authorization=f"Resolution {scene.on.year}-{scene.case_id % 90 + 10}",
        reason="A land trust rebuilds the house", **scene.manager,
    )  # fmt: skip
    scene.lien_id = 0


def sell(scene: Scene) -> None:
    """Sell the property in the middle of its case; the buyer answers from now on."""
    buyer = person(scene.dice)
    told = Disclosure(
        proceeding_on=scene.on, copies_on=scene.on, responsibility_on=scene.on,
        official_told_on=None if scene.takes(Turn.UNTOLD) else scene.on,
    )  # fmt: skip
    sale = Sale(
        seller_id=scene.respondent_id, buyer=buyer, address=scene.part.mail, on=scene.on,
        disclosure=told,
    )  # fmt: skip
    scene.respondent_id = transferring.transfer_ownership(
        scene.connection, case_id=scene.case_id, sale=sale, **scene.clerk
    )
    scene.owner_name = buyer


def go_bankrupt(scene: Scene) -> Act:
    """Seek protection in bankruptcy, which bars collection until the court lifts it."""
    number = f"{scene.on:%y}-{10000 + scene.case_id}"
    block_id = blocking.block(
        scene.connection, case_id=scene.case_id, kind=BlockKind.BANKRUPTCY, reference=number,
        since=scene.on, reason="Petition under chapter 13", **scene.clerk,
    )  # fmt: skip
    yield from scene.wait(scene.after(60, 120))
    blocking.unblock(
        scene.connection, block_id=block_id, reason="The petition was dismissed", **scene.manager
    )


def _instrument(scene: Scene) -> Recording:
    serial = int(scene.dice.integers(100_000, 999_999))
    book, page = divmod(serial // 3, PAGES)
    return Recording(
        instrument_no=f"{scene.on.year}{serial:06d}-{scene.case_id}", recorded_on=scene.on,
        book=str(FIRST_BOOK + book), page=str(page + 1),
    )  # fmt: skip

"""Evidence: signs read, seals, fingerprints, reasons, decisions, findings, report channels."""

import sqlalchemy as sa
from alembic import op

import db

revision = '0005'
down_revision = '0004'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('report_channel',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('unit_code', sa.String(length=12), nullable=False),
    sa.Column('office', sa.Text(), nullable=False),
    sa.Column('phone', sa.String(length=40), nullable=True),
    sa.Column('url', sa.Text(), nullable=True),
    sa.Column('valid_from', sa.Date(), nullable=False),
    sa.Column('recorded_at', db.UtcDateTime(), nullable=False),
    sa.Column('recorded_by', sa.Integer(), nullable=True),
    sa.Column('superseded_at', db.UtcDateTime(), nullable=True),
    sa.ForeignKeyConstraint(['recorded_by'], ['account.id'], name=op.f('fk_report_channel_recorded_by')),
    sa.ForeignKeyConstraint(['unit_code'], ['org_unit.code'], name=op.f('fk_report_channel_unit_code')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_report_channel'))
    )
    with op.batch_alter_table('report_channel', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_report_channel_unit_code'), ['unit_code'], unique=False)

    op.create_table('device_key',
    sa.Column('device_id', sa.Integer(), nullable=False),
    sa.Column('public_key', sa.Text(), nullable=False),
    sa.Column('registered_at', db.UtcDateTime(), nullable=False),
    sa.ForeignKeyConstraint(['device_id'], ['device.id'], name=op.f('fk_device_key_device_id')),
    sa.PrimaryKeyConstraint('device_id', name=op.f('pk_device_key'))
    )
    op.create_table('photo_fingerprint',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('sha256', sa.String(length=64), nullable=False),
    sa.Column('kind', sa.Integer(), nullable=False),
    sa.Column('bits', sa.LargeBinary(), nullable=False),
    sa.ForeignKeyConstraint(['sha256'], ['medium.sha256'], name=op.f('fk_photo_fingerprint_sha256')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_photo_fingerprint')),
    sa.UniqueConstraint('sha256', name=op.f('uq_photo_fingerprint_sha256'))
    )
    op.create_table('sign_reading',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('sha256', sa.String(length=64), nullable=False),
    sa.Column('engine', sa.String(length=200), nullable=False),
    sa.Column('read_at', db.UtcDateTime(), nullable=False),
    sa.Column('sign_class', sa.String(length=16), nullable=True),
    sa.Column('wording', sa.Text(), nullable=True),
    sa.Column('confidence', sa.Float(), nullable=False),
    sa.Column('is_sure', sa.Boolean(), nullable=False),
    sa.Column('channels', sa.JSON(), nullable=False),
    sa.Column('lines', sa.JSON(), nullable=False),
    sa.Column('box', sa.JSON(), nullable=True),
    sa.Column('width_px', sa.Integer(), nullable=False),
    sa.Column('height_px', sa.Integer(), nullable=False),
    sa.Column('took_ms', sa.Integer(), nullable=False),
    sa.Column('crop_at', db.UtcDateTime(), nullable=True),
    sa.ForeignKeyConstraint(['sha256'], ['medium.sha256'], name=op.f('fk_sign_reading_sha256')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_sign_reading')),
    sa.UniqueConstraint('sha256', 'engine', name='uq_sign_reading')
    )
    with op.batch_alter_table('sign_reading', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_sign_reading_sha256'), ['sha256'], unique=False)

    op.create_table('finding',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('station_id', sa.Integer(), nullable=False),
    sa.Column('inspection_id', sa.String(length=36), nullable=False),
    sa.Column('kind', sa.String(length=24), nullable=False),
    sa.Column('rule_code', sa.String(length=60), nullable=True),
    sa.Column('details', sa.JSON(), nullable=False),
    sa.Column('created_at', db.UtcDateTime(), nullable=False),
    sa.Column('created_by', sa.Integer(), nullable=True),
    sa.Column('withdrawn_at', db.UtcDateTime(), nullable=True),
    sa.ForeignKeyConstraint(['created_by'], ['account.id'], name=op.f('fk_finding_created_by')),
    sa.ForeignKeyConstraint(['inspection_id'], ['inspection.id'], name=op.f('fk_finding_inspection_id')),
    sa.ForeignKeyConstraint(['station_id'], ['station.id'], name=op.f('fk_finding_station_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_finding'))
    )
    with op.batch_alter_table('finding', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_finding_inspection_id'), ['inspection_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_finding_station_id'), ['station_id'], unique=False)

    op.create_table('photo_seal',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('inspection_id', sa.String(length=36), nullable=False),
    sa.Column('sha256', sa.String(length=64), nullable=False),
    sa.Column('device_id', sa.Integer(), nullable=True),
    sa.Column('payload', sa.Text(), nullable=False),
    sa.Column('signature', sa.Text(), nullable=False),
    sa.Column('verdict', sa.String(length=12), nullable=False),
    sa.Column('sealed_at', db.UtcDateTime(), nullable=True),
    sa.Column('number', sa.Integer(), nullable=True),
    sa.Column('previous_sha256', sa.String(length=64), nullable=True),
    sa.Column('received_at', db.UtcDateTime(), nullable=False),
    sa.ForeignKeyConstraint(['device_id'], ['device.id'], name=op.f('fk_photo_seal_device_id')),
    sa.ForeignKeyConstraint(['inspection_id'], ['inspection.id'], name=op.f('fk_photo_seal_inspection_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_photo_seal')),
    sa.UniqueConstraint('inspection_id', 'sha256', name='uq_photo_seal')
    )
    with op.batch_alter_table('photo_seal', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_photo_seal_inspection_id'), ['inspection_id'], unique=False)
        batch_op.create_index('ix_photo_seal_link', ['device_id', 'number'], unique=False)
        batch_op.create_index(batch_op.f('ix_photo_seal_sha256'), ['sha256'], unique=False)

    op.create_table('sign_finding',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('inspection_id', sa.String(length=36), nullable=False),
    sa.Column('station_id', sa.Integer(), nullable=False),
    sa.Column('sign_class', sa.String(length=16), nullable=False),
    sa.Column('wording', sa.Text(), nullable=True),
    sa.Column('position', sa.String(length=20), nullable=True),
    sa.Column('channel_levels', sa.JSON(), nullable=True),
    sa.Column('photo_sha256', sa.String(length=64), nullable=True),
    sa.Column('source', sa.String(length=12), nullable=False),
    sa.Column('verdicts', sa.JSON(), nullable=False),
    sa.Column('decided_by', sa.Integer(), nullable=True),
    sa.Column('decided_at', db.UtcDateTime(), nullable=False),
    sa.Column('superseded_at', db.UtcDateTime(), nullable=True),
    sa.ForeignKeyConstraint(['decided_by'], ['account.id'], name=op.f('fk_sign_finding_decided_by')),
    sa.ForeignKeyConstraint(['inspection_id'], ['inspection.id'], name=op.f('fk_sign_finding_inspection_id')),
    sa.ForeignKeyConstraint(['station_id'], ['station.id'], name=op.f('fk_sign_finding_station_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_sign_finding'))
    )
    with op.batch_alter_table('sign_finding', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_sign_finding_inspection_id'), ['inspection_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_sign_finding_station_id'), ['station_id'], unique=False)

    op.create_table('visit_decision',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('inspection_id', sa.String(length=36), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(length=16), nullable=False),
    sa.Column('decided_by', sa.Integer(), nullable=True),
    sa.Column('decided_at', db.UtcDateTime(), nullable=False),
    sa.Column('why', sa.Text(), nullable=True),
    sa.Column('details', sa.JSON(), nullable=False),
    sa.ForeignKeyConstraint(['decided_by'], ['account.id'], name=op.f('fk_visit_decision_decided_by')),
    sa.ForeignKeyConstraint(['inspection_id'], ['inspection.id'], name=op.f('fk_visit_decision_inspection_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_visit_decision'))
    )
    with op.batch_alter_table('visit_decision', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_visit_decision_inspection_id'), ['inspection_id'], unique=False)

    op.create_table('visit_edit',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('inspection_id', sa.String(length=36), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('before', sa.JSON(), nullable=False),
    sa.Column('after', sa.JSON(), nullable=False),
    sa.Column('edited_by', sa.Integer(), nullable=True),
    sa.Column('edited_at', db.UtcDateTime(), nullable=False),
    sa.Column('why', sa.Text(), nullable=False),
    sa.ForeignKeyConstraint(['edited_by'], ['account.id'], name=op.f('fk_visit_edit_edited_by')),
    sa.ForeignKeyConstraint(['inspection_id'], ['inspection.id'], name=op.f('fk_visit_edit_inspection_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_visit_edit'))
    )
    with op.batch_alter_table('visit_edit', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_visit_edit_inspection_id'), ['inspection_id'], unique=False)

    op.create_table('visit_judgement',
    sa.Column('inspection_id', sa.String(length=36), nullable=False),
    sa.Column('judged_at', db.UtcDateTime(), nullable=False),
    sa.Column('rule_version', sa.String(length=16), nullable=False),
    sa.Column('weight', sa.Integer(), nullable=False),
    sa.Column('reasons', sa.JSON(), nullable=False),
    sa.Column('times', sa.JSON(), nullable=False),
    sa.ForeignKeyConstraint(['inspection_id'], ['inspection.id'], name=op.f('fk_visit_judgement_inspection_id')),
    sa.PrimaryKeyConstraint('inspection_id', name=op.f('pk_visit_judgement'))
    )
    with op.batch_alter_table('visit_judgement', schema=None) as batch_op:
        batch_op.create_index('ix_visit_judgement_queue', ['inspection_id', 'weight'], unique=False)

    with op.batch_alter_table('inspection', schema=None) as batch_op:
        batch_op.add_column(sa.Column('version', sa.Integer(), server_default='1', nullable=False))
        batch_op.create_index('ix_inspection_queue', ['state', 'station_id', 'account_id', 'completed_at', 'id'], unique=False)

    with op.batch_alter_table('medium', schema=None) as batch_op:
        batch_op.add_column(sa.Column('screen_at', db.UtcDateTime(), nullable=True))
        batch_op.add_column(sa.Column('exif', sa.JSON(), nullable=True))

    with op.batch_alter_table('photo', schema=None) as batch_op:
        batch_op.add_column(sa.Column('marked_at', db.UtcDateTime(), nullable=True))


def downgrade() -> None:
    op.drop_column('photo', 'marked_at')

    op.drop_column('medium', 'exif')
    op.drop_column('medium', 'screen_at')

    op.drop_index('ix_inspection_queue', table_name='inspection')
    op.drop_column('inspection', 'version')

    with op.batch_alter_table('visit_judgement', schema=None) as batch_op:
        batch_op.drop_index('ix_visit_judgement_queue')

    op.drop_table('visit_judgement')
    with op.batch_alter_table('visit_edit', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_visit_edit_inspection_id'))

    op.drop_table('visit_edit')
    with op.batch_alter_table('visit_decision', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_visit_decision_inspection_id'))

    op.drop_table('visit_decision')
    with op.batch_alter_table('sign_finding', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_sign_finding_station_id'))
        batch_op.drop_index(batch_op.f('ix_sign_finding_inspection_id'))

    op.drop_table('sign_finding')
    with op.batch_alter_table('photo_seal', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_photo_seal_sha256'))
        batch_op.drop_index('ix_photo_seal_link')
        batch_op.drop_index(batch_op.f('ix_photo_seal_inspection_id'))

    op.drop_table('photo_seal')
    with op.batch_alter_table('finding', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_finding_station_id'))
        batch_op.drop_index(batch_op.f('ix_finding_inspection_id'))

    op.drop_table('finding')
    with op.batch_alter_table('sign_reading', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_sign_reading_sha256'))

    op.drop_table('sign_reading')
    op.drop_table('photo_fingerprint')
    op.drop_table('device_key')
    with op.batch_alter_table('report_channel', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_report_channel_unit_code'))

    op.drop_table('report_channel')
